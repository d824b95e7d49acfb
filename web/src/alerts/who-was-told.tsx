import type { AlertView, Telling, WhoWasToldView } from '../../../functions/alerts/contract.ts';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

type Told = AlertView['told'][number];

/** Each step as it was decided, and for everybody whether it left, on which channel and when. */
export function WhoWasTold({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const viewer = useViewer();
  const { alertId, patientId, told, teamId } = alert;
  // The key ends with what was told so far: another step asks anew.
  const became = useRead<WhoWasToldView>(
    [viewer.userId, patientId, 'told', alertId, told.length],
    `/api/alerts/patients/${patientId}/alerts/${alertId}/told`,
  );
  if (told.length === 0) return <p class="meta">{t('told.nobody')}</p>;
  return (
    <Read of={became} rows={2}>
      {({ tellings }) => (
        <ul class="notes">
          {told.map((one) => (
            <Line key={`${one.at} ${one.step} ${one.rung} ${one.userId ?? ''}`} told={one} zone={zone}>
              {tellings.find(({ at, step, to }) => at === one.at && step === one.step && to === one.userId)}
            </Line>
          ))}
          {tellings
            .filter(({ to, deliveries }) => to === teamId && deliveries.length > 0)
            .map((one) => (
              <Line key={`${one.at} ${one.step} team`} told={{ at: one.at, step: one.step, rung: 'team' }} zone={zone}>
                {one}
              </Line>
            ))}
        </ul>
      )}
    </Read>
  );
}

function Line({ told, zone, children: became }: { told: Told; zone: string; children: Telling | undefined }) {
  const t = useText('work');
  const dates = useDates();
  return (
    <li>
      <b>{t(`told.${told.rung}`)}</b>
      {told.name && ` ${told.name}`} <span class="meta">{dates.stamp(told.at, zone)}</span>
      {told.skipped && ` ${t(`told.skipped-${told.skipped}`)}`}
      {!told.skipped && told.step === 'digest' && ` ${t('told.state-folded')}`}
      {became?.deliveries.length === 0 && ` ${t('told.nothing-left')}`}
      {became?.deliveries.map(({ channel, state, sentAt }) => (
        <span key={channel} class="meta sent">
          {t(`told.by-${channel}`)}: {t(`told.state-${state}`)}
          {sentAt && ` ${dates.stamp(sentAt, zone)}`}
        </span>
      ))}
    </li>
  );
}
