import { useState } from 'preact/hooks';
import { isEmail } from '../../identity/typed.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
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
  const { checks, error: wrong } = useChecks({
    name: body.name === '' && t('name-missing'),
    who: body.admin.name === '' && t('name-missing'),
    email: !isEmail(email) && t('email-bad'),
  });
  const add = () =>
    save(
      () => post('/api/organisations/countries', body, { onceKey: onceKeyOf(organisationId, body) }),
      () => t('country-added', { email: body.admin.email }),
    );
  return (
    <Dialog title={t('country-add')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={add}>
        <TextField name="name" label={t('name')} value={name} onInput={setName} maxLength={120} error={wrong('name')} />
        <TextField
          name="who"
          label={t('country-admin')}
          value={who}
          onInput={setWho}
          autocomplete="off"
          maxLength={120}
          error={wrong('who')}
        />
        <TextField
          name="email"
          error={wrong('email')}
          label={t('country-email')}
          value={email}
          onInput={setEmail}
          type="email"
          inputMode="email"
          autocomplete="off"
        />
      </CheckedForm>
    </Dialog>
  );
}
