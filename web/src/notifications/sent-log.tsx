import type { DeliveryEntry, DeliveryLogView } from '../../../functions/notifications/contract.ts';
import { Icon } from '../look/icon.tsx';
import { Empty } from '../look/states.tsx';
import { Pages, usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

const named = ['dose-reminder', 'dose-reminder-again', 'supporter-check', 'clinic-will-call'] as const;

/** What a patient and who helps them were sent, by day, newest first: by which way, whether it left, and why not. */
export function SentLog({ patientId, zone }: { patientId: string; zone: string }) {
  const t = useText('work');
  const viewer = useViewer();
  const dates = useDates();
  const log = usePages<DeliveryLogView>(
    [viewer.userId, patientId, 'sent'],
    `/api/notifications/patients/${patientId}/log`,
  );
  return (
    <div class="form">
      <p class="meta">{t('sent.says')}</p>
      <Pages of={log} more={t('sent.more')} rows={3}>
        {(pages) => {
          const days = byDay(
            pages.flatMap(({ entries }) => entries),
            (at) => dates.localDate(at, zone),
          );
          if (days.length === 0) return <Empty title={t('sent.none')} says={t('sent.none-says')} />;
          return days.map(([localDate, entries]) => (
            <section key={localDate} class="sent-day">
              <h3>{dates.long(localDate)}</h3>
              <ul>
                {entries.map((entry) => (
                  <Line key={`${entry.messageId} ${entry.to.id} ${entry.channel}`} entry={entry} zone={zone} />
                ))}
              </ul>
            </section>
          ));
        }}
      </Pages>
    </div>
  );
}

function Line({ entry, zone }: { entry: DeliveryEntry; zone: string }) {
  const t = useText('work');
  const dates = useDates();
  const { template, channel, state, attempts, reason, to } = entry;
  const what = named.find((one) => one === template) ?? 'other';
  const lost = state === 'dropped' || state === 'undelivered';
  return (
    <li>
      <time dateTime={leftAt(entry)}>{dates.clock(leftAt(entry), zone)}</time>
      <span>
        <b class="strong">{t(`sent.${what}`)}</b> {to.kind === 'supporter' && t('sent.to-supporter')}
        <span class="how">
          {(lost || state === 'sent') && <Icon name={lost ? 'cross' : 'tick'} />}
          {t(`told.by-${channel}`)}: {t(`told.state-${state}`)}
          {attempts.length > 1 && `, ${t('sent.tries', { count: attempts.length })}`}
        </span>
        {reason && <span class="why">{t(`sent.why.${reason}`)}</span>}
      </span>
    </li>
  );
}

const leftAt = ({ sentAt, requestedAt }: DeliveryEntry) => sentAt ?? requestedAt;

/** Newest first; what stands on the patient's days comes with the first page and may be older than what follows. */
function byDay(entries: readonly DeliveryEntry[], dayOf: (at: string) => string): [string, DeliveryEntry[]][] {
  const days = new Map<string, DeliveryEntry[]>();
  for (const entry of [...entries].sort((a, b) => leftAt(b).localeCompare(leftAt(a)))) {
    const day = dayOf(leftAt(entry));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
