import type { ConsentView, PatientProfile } from '../../../functions/identity/contract.ts';
import { Read } from '../shell/edges.tsx';
import { type QueryKey, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { ConsentRecord } from './consent-record.tsx';
import { purposesNow } from './consent-text.ts';
import { PatientDetails } from './patient-details.tsx';
import { Purposes } from './take-back.tsx';

/** On a patient's page: what they agree to now; who has no account says it to staff. */
export function StaffConsents({ patient }: { patient: PatientProfile }) {
  const t = useText('me');
  const viewer = useViewer();
  const root = `/api/identity/patients/${patient.patientId}/consents`;
  const key: QueryKey = [viewer.userId, patient.patientId, 'consents'];
  const consents = useRead<{ consents: ConsentView[] }>(key, root);
  return (
    <section class="before">
      <h2>{t('consent.now')}</h2>
      <Read of={consents} rows={2}>
        {({ consents: all }) => (
          <>
            <Now consents={all} />
            <details>
              <summary>{t('consent.more')}</summary>
              <Purposes consents={all} root={root} readKey={key} />
              <ConsentRecord consents={all} zone={patient.zone} />
            </details>
          </>
        )}
      </Read>
      {!patient.diedOn && <PatientDetails patient={patient} />}
    </section>
  );
}

/** In one line each: what holds, and what the patient said no to or took back. */
function Now({ consents }: { consents: readonly ConsentView[] }) {
  const t = useText('me');
  const all = purposesNow(consents);
  const said = (agreed: boolean) =>
    all.filter((one) => one.agreed === agreed).map(({ purpose }) => t(`consent.${purpose}`));
  const no = said(false);
  return (
    <>
      <p>{said(true).join(', ') || t('consent.none')}</p>
      {no.length > 0 && (
        <p class="meta">
          {t('consent.no')}: {no.join(', ')}
        </p>
      )}
    </>
  );
}
