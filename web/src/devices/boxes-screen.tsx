import { useState } from 'preact/hooks';
import type { BoxView, IncidentView, TicketView } from '../../../functions/devices/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { type Names, useNames } from '../reports/names.ts';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { Condition } from './condition.tsx';
import { SwapBoxes } from './swap-boxes.tsx';

interface BoxPage {
  boxes: BoxView[];
  next?: string;
}
interface TicketPage {
  tickets: TicketView[];
  next?: string;
}

/** The team's boxes: what needs a hand first, then all of them; swapped boxes are put right here. */
export default function BoxesScreen() {
  const t = useText('work');
  const viewer = useViewer();
  const team = useTeam();
  usePage(t('boxes.title'));
  const base = `/api/devices/teams/${team.teamId}`;
  const boxes = usePages<BoxPage>([viewer.userId, team.teamId, 'box-pages'], `${base}/boxes?limit=100`);
  const tickets = usePages<TicketPage>([viewer.userId, team.teamId, 'ticket-pages'], `${base}/tickets`);
  const incident = useRead<{ incident?: IncidentView }>([viewer.userId, team.teamId, 'incident'], `${base}/incident`);
  const names = useNames(team.teamId);
  const [swapping, setSwapping] = useState(false);
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('boxes.title')}</h1>
        <div class="end">
          <Button onClick={() => setSwapping(true)}>{t('boxes.swap')}</Button>
        </div>
      </div>
      {incident.data?.incident && (
        <p class="note-bar" role="status">
          {t('boxes.incident')}{' '}
          {t('boxes.incident-count', {
            silent: incident.data.incident.silentBoxes,
            all: incident.data.incident.allBoxes,
          })}
        </p>
      )}
      <Pages of={tickets} more={t('patients.more')} rows={1}>
        {(pages) => <Tickets tickets={pages.flatMap((page) => page.tickets)} zone={team.zone} names={names} />}
      </Pages>
      <Pages of={boxes} more={t('patients.more')}>
        {(pages) => (
          <All boxes={pages.flatMap((page) => page.boxes)} whole={!boxes.hasNextPage} zone={team.zone} names={names} />
        )}
      </Pages>
      {swapping && <SwapBoxes teamId={team.teamId} zone={team.zone} onClose={() => setSwapping(false)} />}
    </main>
  );
}

function All({ boxes, whole, zone, names }: { boxes: readonly BoxView[]; whole: boolean; zone: string; names: Names }) {
  const t = useText('work');
  if (boxes.length === 0) return <Empty title={t('boxes.empty')} says={t('boxes.empty-says')} />;
  return (
    <section class="sec">
      <header>
        <h2>{t('boxes.all')}</h2>
        {whole && <span class="n">{boxes.length}</span>}
      </header>
      <ul class="people">
        {boxes.map((box) => (
          <Box key={box.boxId} box={box} zone={zone} names={names} />
        ))}
      </ul>
    </section>
  );
}

/** A box, and who holds it. */
function BoxOf({ boxId, patientId, names }: { boxId: string; patientId: string | undefined; names: Names }) {
  if (patientId === undefined) return <b class="strong">{boxId}</b>;
  const holder = names.get(patientId);
  return (
    <>
      <a href={`/patients/${patientId}`}>{boxId}</a>{' '}
      {holder && (
        <>
          {holder.name} <span class="quiet nb">{holder.code}</span>
        </>
      )}
    </>
  );
}

function Tickets({ tickets, zone, names }: { tickets: readonly TicketView[]; zone: string; names: Names }) {
  const t = useText('work');
  const dates = useDates();
  if (tickets.length === 0) return null;
  return (
    <section class="sec">
      <header>
        <h2>{t('boxes.tickets')}</h2>
        <span class="n">{tickets.length}</span>
      </header>
      <ul class="people">
        {tickets.map((ticket) => (
          <li key={ticket.ticketId}>
            <div class="who-name">
              <BoxOf boxId={ticket.boxId} patientId={ticket.patientId} names={names} />
              <p class="meta">
                {ticket.reasons.map((reason) => t(`boxes.reason.${reason}`)).join(', ')}
                {ticket.lastHeardAt && `, ${t('page.box-heard', { time: dates.stamp(ticket.lastHeardAt, zone) })}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Box({ box, zone, names }: { box: BoxView; zone: string; names: Names }) {
  const t = useText('work');
  const dates = useDates();
  const { alarm } = box;
  const alarmSays =
    alarm.requested.length === 0
      ? t('boxes.alarm-none')
      : alarm.inStep
        ? t('boxes.alarm-confirmed', { times: alarm.requested.join(', ') })
        : t('boxes.alarm-asked', { times: alarm.requested.join(', ') });
  return (
    <li>
      <div class="who-name">
        <BoxOf boxId={box.boxId} patientId={box.holder?.patientId} names={names} />
        <p class="meta">
          {[
            box.batteryMillivolts !== undefined &&
              `${t('boxes.battery')} ${(box.batteryMillivolts / 1000).toFixed(2)} V`,
            box.lastHeardAt && t('page.box-heard', { time: dates.stamp(box.lastHeardAt, zone) }),
            `${t('boxes.alarm')}: ${alarmSays}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Condition of={box.condition} />
    </li>
  );
}
