import { useState } from 'preact/hooks';
import type { PatientProfile, Reach } from '../../../functions/identity/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ChoiceField } from '../look/choice-field.tsx';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { ErrorLine, PhoneField, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { ask } from '../shell/api.ts';
import { useSave } from '../shell/save.ts';
import { languages } from '../text/areas.ts';
import { useText } from '../text/text.ts';
import { languageNames } from './language-names.ts';
import { PatientAccount } from './patient-account.tsx';
import { PatientSupporters } from './patient-supporters.tsx';
import { country, phoneOf } from './phone.ts';

/** What staff correct of a patient after enrolment: how they are reached, who helps them, an account of their own. */
export function PatientDetails({ patient }: { patient: PatientProfile }) {
  const t = useText('me');
  const shell = useText('shell');
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button icon="user" class="details-open" onClick={() => setOpen(true)}>
        {t('details.title')}
      </Button>
      {open && (
        <Dialog title={t('details.title')} closeWord={shell('close')} onClose={close}>
          <ReachForm patient={patient} onSaved={close} />
          <PatientSupporters patientId={patient.patientId} />
          <PatientAccount patient={patient} />
        </Dialog>
      )}
    </>
  );
}

function ReachForm({ patient, onSaved }: { patient: PatientProfile; onSaved: () => void }) {
  const t = useText('me');
  const { reach, patientId } = patient;
  const [use, setUse] = useState(reach.use);
  const [typed, setTyped] = useState(reach.phone?.replace(country, '') ?? '');
  const [from, setFrom] = useState(reach.safeHours?.from ?? '');
  const [to, setTo] = useState(reach.safeHours?.to ?? '');
  const [address, setAddress] = useState(patient.address ?? '');
  const [speaks, setSpeaks] = useState(patient.language);
  const { busy, error, save } = useSave([patientId], onSaved);
  const phone = phoneOf(typed);
  const called = use !== 'none';
  const { checks, error: wrong } = useChecks({
    phone: called && !phone && t('supporters.phone-bad'),
    safe: called && (from === '') !== (to === '') && t('details.safe-both'),
  });
  const next: Reach = {
    use,
    ...(called && phone && { phone }),
    ...(called && from && to && { safeHours: { from, to } }),
  };
  const body = { reach: next, address: address.trim() || null, language: speaks };
  return (
    <CheckedForm
      checks={checks}
      go={t('details.save')}
      busy={busy}
      error={error}
      onGo={() =>
        save(() => ask(`/api/identity/patients/${patientId}`, { method: 'PATCH', body, version: patient.version }))
      }
    >
      <ChoiceField
        label={t('details.reach')}
        choices={(['own', 'shared', 'none'] as const).map((value) => ({ value, label: t(`details.reach-${value}`) }))}
        value={use}
        onChange={setUse}
      />
      {called && (
        <>
          <PhoneField
            label={t('supporters.phone')}
            name="phone"
            value={typed}
            onInput={setTyped}
            error={wrong('phone')}
          />
          <div class="two">
            <TextField label={t('details.safe-from')} type="time" value={from} onInput={setFrom} />
            <TextField label={t('details.safe-to')} type="time" value={to} onInput={setTo} />
          </div>
          <ErrorLine says={wrong('safe')} />
        </>
      )}
      <TextField label={t('details.address')} value={address} onInput={setAddress} maxLength={300} autocomplete="off" />
      <ChoiceField
        label={t('details.language')}
        choices={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={speaks}
        onChange={setSpeaks}
      />
    </CheckedForm>
  );
}
