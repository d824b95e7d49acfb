import { useState } from 'preact/hooks';
import type { WorkingHours as Hours, TeamView } from '../../../../functions/organisations/contract.ts';
import { Button } from '../../look/controls.tsx';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { EditHours } from './edit-hours.tsx';

/** The week as a picture, who is called outside of it, and the days off to come. */
export function WorkingHours({ team, manage }: { team: TeamView; manage?: boolean }) {
  const t = useText('team');
  const dates = useDates();
  const [editing, setEditing] = useState(false);
  const { calendar } = team;
  const today = dates.localDate(new Date().toISOString(), team.zone);
  const daysOff = calendar.holidays.filter(({ on }) => on >= today).sort((a, b) => (a.on < b.on ? -1 : 1));
  const onCall = team.members.find(({ userId }) => userId === calendar.onCall[0]);
  return (
    <section class="sec" aria-label={t('hours')}>
      <header>
        <h2>{t('hours')}</h2>
        <span class="n">{calendar.zone}</span>
        {manage && <Button onClick={() => setEditing(true)}>{t('hours-change')}</Button>}
      </header>
      <ul class="week-hours">
        {dates.weekdays('monday').map(({ long }, at) => (
          <Day key={long} name={long} hours={calendar.hours.filter(({ weekday }) => weekday === at + 1)} />
        ))}
      </ul>
      <p>{onCall ? t('on-call-is', { name: onCall.name }) : t('on-call-none')}</p>
      {daysOff.length > 0 && (
        <p class="meta">
          {t('days-off')}: {daysOff.map(({ on, name }) => `${dates.short(on)} ${name}`.trim()).join(', ')}
        </p>
      )}
      {editing && <EditHours team={team} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Day({ name, hours }: { name: string; hours: readonly Hours[] }) {
  const t = useText('team');
  const inOrder = [...hours].sort((a, b) => (a.from < b.from ? -1 : 1));
  return (
    <li>
      <span>{name}</span>
      <span class="track" aria-hidden="true">
        {inOrder.map(({ from, to }) => (
          <i
            key={from}
            style={{ left: `${percentOfDay(from)}%`, width: `${percentOfDay(to) - percentOfDay(from)}%` }}
          />
        ))}
      </span>
      <span class={hours.length === 0 ? 'quiet' : undefined}>
        {inOrder.map(({ from, to }) => `${from}–${to}`).join(', ') || t('closed')}
      </span>
    </li>
  );
}

function percentOfDay(clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return ((hours * 60 + minutes) / 1440) * 100;
}
