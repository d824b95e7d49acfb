import { useState } from 'preact/hooks';
import type { OrganisationView } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
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
  const { checks, error: wrong } = useChecks({ name: body.name === '' && t('name-missing') });
  const change = () =>
    save(() =>
      ask(`/api/organisations/organisations/${node.organisationId}`, { method: 'PATCH', body, version: node.version }),
    );
  return (
    <Dialog title={t('change-name', { name: node.name })} closeWord={shell('close')} onClose={props.onClose}>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={change}>
        <TextField name="name" label={t('name')} value={name} onInput={setName} maxLength={120} error={wrong('name')} />
        {node.level === 'facility' && (
          <TextField label={t('help-phone')} type="tel" value={phone} onInput={setPhone} maxLength={30} />
        )}
      </CheckedForm>
    </Dialog>
  );
}
