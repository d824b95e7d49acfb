import { useState } from 'preact/hooks';
import type { Away } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Status } from '../look/status.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { AwayDialog, useTelling } from '../treatment/away.tsx';
import { PocketDialog } from '../treatment/pocket.tsx';
import { LineText } from './line-link.tsx';

/** Where the box is: away in two taps, back in one, and tablets taken along. */
export function BoxSection({ patientId, zone }: { patientId: string; zone: string }) {
  const t = useText('me');
  const p = useText('patient');
  const viewer = useViewer();
  const dates = useDates();
  const tell = useTelling(patientId);
  const [asking, setAsking] = useState<'away' | 'pocket'>();
  const aways = useRead<{ away: Away[] }>(
    [viewer.userId, patientId, 'away'],
    `/api/treatment/patients/${patientId}/away`,
    { keepDays: 30 },
  );
  const now = aways.data?.away.find(({ to, endedAt }) => !to && !endedAt);
  const localDate = dates.localDate(new Date().toISOString(), zone);
  const where = { patientId, localDate, onClose: () => setAsking(undefined) };
  return (
    <section class="plain" aria-label={t('box')}>
      {now ? (
        <div class="line">
          <span>
            <Status name="away" word={p('away.title')} />
            <small>
              {now.expectedEnd ? p('away.until', { day: dates.long(now.expectedEnd) }) : p(`away.${now.reason}`)}
            </small>
          </span>
          <Button
            voice="soft"
            onClick={() => void tell('back', `away/${now.awayId}/end`, { to: localDate, backWithBox: true })}
          >
            {t('back')}
          </Button>
        </div>
      ) : (
        <button type="button" class="line" onClick={() => setAsking('away')}>
          <LineText icon="out" says={t('away.says')}>
            {t('away')}
          </LineText>
        </button>
      )}
      <button type="button" class="line" onClick={() => setAsking('pocket')}>
        <LineText icon="pills" says={t('pocket.says')}>
          {t('pocket')}
        </LineText>
      </button>
      {asking === 'away' && <AwayDialog {...where} />}
      {asking === 'pocket' && <PocketDialog {...where} />}
    </section>
  );
}
