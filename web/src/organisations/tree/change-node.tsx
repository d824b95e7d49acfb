import { useState } from 'preact/hooks';
import type { OrganisationView } from '../../../../functions/organisations/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { ask } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useText } from '../../text/text.ts';

/** Another name, another telephone of the front desk. */
export function ChangeNode(props: { node: OrganisationView; rootId: string; onClose: () => void }) {
  const { node } = props;
  const t = useText('team');
  const shell = useText('shell');
  const [name, setName] = useState(node.name);
  const [phone, setPhone] = useState(node.phone ?? '');
  const { busy, error, save } = useSave([props.rootId], props.onClose);
  const body = { name: name.trim(), ...(phone.trim() !== (node.phone ?? '') && { phone: phone.trim() }) };
  return (
    <Dialog title={t('change-name', { name: node.name })} closeWord={shell('close')} onClose={props.onClose}>
      <div class="form">
        <TextField label={t('name')} value={name} onInput={setName} maxLength={120} />
        {node.level === 'facility' && (
          <TextField label={t('help-phone')} type="tel" value={phone} onInput={setPhone} maxLength={30} />
        )}
        <ErrorLine says={error} />
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={body.name === ''}
          onClick={() =>
            void save(() =>
              ask(`/api/organisations/organisations/${node.organisationId}`, {
                ...{ method: 'PATCH', body, version: node.version },
              }),
            )
          }
        >
          {shell('save')}
        </Button>
      </div>
    </Dialog>
  );
}
