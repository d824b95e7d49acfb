import { useState } from 'preact/hooks';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { onceKeyOf, post } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useText } from '../../text/text.ts';

/** A country, and the person who will administer it: a code goes to their e-mail. */
export function AddCountry({ onClose }: { onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const [organisationId] = useState(() => `org_${crypto.randomUUID()}`);
  const [name, setName] = useState('');
  const [who, setWho] = useState('');
  const [email, setEmail] = useState('');
  const { busy, error, save } = useSave(['countries'], onClose);
  const body = { organisationId, name: name.trim(), admin: { name: who.trim(), email: email.trim() } };
  const ready = body.name !== '' && body.admin.name !== '' && /.+@.+\..+/.test(body.admin.email);
  return (
    <Dialog title={t('country-add')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <TextField label={t('name')} value={name} onInput={setName} maxLength={120} />
        <TextField label={t('country-admin')} value={who} onInput={setWho} autocomplete="off" maxLength={120} />
        <TextField
          label={t('country-email')}
          value={email}
          onInput={setEmail}
          type="email"
          inputMode="email"
          autocomplete="off"
        />
        <ErrorLine says={error} />
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={!ready}
          onClick={() =>
            void save(
              () => post('/api/organisations/countries', body, { onceKey: onceKeyOf(organisationId, body) }),
              () => t('country-added', { email: body.admin.email }),
            )
          }
        >
          {shell('save')}
        </Button>
      </div>
    </Dialog>
  );
}
