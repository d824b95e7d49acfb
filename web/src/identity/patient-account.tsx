import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { ActivationView, PatientProfile } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { ErrorLine } from '../look/fields.tsx';
import { post } from '../shell/api.ts';
import { useSave } from '../shell/save.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

type Activation = z.infer<typeof ActivationView>;

/** A code to read out, with which the patient makes an account of their own later. It is shown this once. */
export function PatientAccount({ patient }: { patient: PatientProfile }) {
  const t = useText('me');
  const dates = useDates();
  const [given, setGiven] = useState<Activation>();
  const { busy, error, save } = useSave([], () => undefined);
  const give = () =>
    save(
      async () => {
        const path = `/api/identity/patients/${patient.patientId}/activation`;
        setGiven(await post<Activation>(path, {}, { onceKey: crypto.randomUUID() }));
      },
      () => t('details.code-given'),
    );
  return (
    <section class="form" aria-labelledby="patient-account">
      <h3 id="patient-account">{t('details.account')}</h3>
      {patient.userId && <p class="meta">{t('details.has-account')}</p>}
      {!patient.userId && !given && (
        <Button busy={busy} onClick={() => void give()}>
          {t('details.activate')}
        </Button>
      )}
      {given && (
        <div role="status">
          <p class="read-out">{given.activation}</p>
          <p class="meta">
            {t('details.code-says', {
              card: given.card,
              date: dates.short(dates.localDate(given.expiresAt, patient.zone)),
            })}
          </p>
        </div>
      )}
      <ErrorLine says={error} />
    </section>
  );
}
