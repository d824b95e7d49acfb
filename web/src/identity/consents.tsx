import type { ConsentView } from '../../../functions/identity/contract.ts';
import { Read } from '../shell/edges.tsx';
import { type QueryKey, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useLanguage, useText } from '../text/text.ts';
import { ConsentRecord } from './consent-record.tsx';
import { agreeing } from './consent-text.ts';
import { MePage } from './me.tsx';
import { Purposes } from './take-back.tsx';

/** What I agreed to, when and how, and what I take back. */
export default function Consents() {
  const t = useText('me');
  const lang = useLanguage();
  const viewer = useViewer();
  const patientId = viewer.patientId ?? '';
  const root = `/api/identity/patients/${patientId}/consents`;
  const key: QueryKey = [viewer.userId, patientId, 'consents'];
  const consents = useRead<{ consents: ConsentView[] }>(key, root);
  return (
    <MePage title={t('consents')}>
      <p class="meta lead">{t('consent.text')}</p>
      <Read of={consents} rows={3}>
        {({ consents: all }) => (
          <>
            <section class="plain" aria-labelledby="consent-now">
              <h2 id="consent-now">{t('consent.now')}</h2>
              <Purposes consents={all} root={root} readKey={key} agree={(purpose) => agreeing(purpose, lang)} />
            </section>
            <section class="plain" aria-labelledby="consent-record">
              <h2 id="consent-record">{t('consent.record')}</h2>
              <ConsentRecord consents={all} zone={viewer.zone} />
            </section>
          </>
        )}
      </Read>
    </MePage>
  );
}
