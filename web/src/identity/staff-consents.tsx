import type { ConsentView, PatientProfile } from '../../../functions/identity/contract.ts';
import { Read } from '../shell/edges.tsx';
import { type QueryKey, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { ConsentRecord } from './consent-record.tsx';
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
            <Purposes consents={all} root={root} readKey={key} />
            <details>
              <summary>{t('consent.record')}</summary>
              <ConsentRecord consents={all} zone={patient.zone} />
            </details>
          </>
        )}
      </Read>
    </section>
  );
}
