import { useState } from 'preact/hooks';
import type { BoxView, IncidentView, SwapAnswer, TicketView } from '../../../functions/devices/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextField } from '../look/fields.tsx';
import { Glyph, type GlyphName } from '../look/glyph.tsx';
import { Empty } from '../look/states.tsx';
import { useTell } from '../look/toast.tsx';
import { post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

const conditionGlyph: Record<BoxView['condition'], GlyphName> = {
  ok: 'opened',
  'battery-low': 'yellow',
  silent: 'silent',
  'never-heard': 'waiting',
  revoked: 'silent',
  retired: 'hold',
  lost: 'away',
};

/** The team's boxes: what needs a hand first, then all of them; swapped boxes are put right here. */
export default function BoxesScreen() {
  const t = useText('work');
  const viewer = useViewer();
  const team = useTeam();
  usePage(t('boxes.title'));
  const base = `/api/devices/teams/${team.teamId}`;
  const boxes = useRead<{ boxes: BoxView[] }>([viewer.userId, team.teamId, 'boxes'], `${base}/boxes?limit=100`);
  const tickets = useRead<{ tickets: TicketView[] }>([viewer.userId, team.teamId, 'tickets'], `${base}/tickets`);
  const incident = useRead<{ incident?: IncidentView }>([viewer.userId, team.teamId, 'incident'], `${base}/incident`);
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
      {tickets.data && tickets.data.tickets.length > 0 && <Tickets tickets={tickets.data.tickets} zone={team.zone} />}
      <Read of={boxes}>
        {(known) =>
          known.boxes.length === 0 ? (
            <Empty title={t('boxes.empty')} says={t('boxes.empty-says')} />
          ) : (
            <section class="sec">
              <header>
                <h2>{t('boxes.all')}</h2>
                <span class="n">{known.boxes.length}</span>
              </header>
              <ul class="people">
                {known.boxes.map((box) => (
                  <Box key={box.boxId} box={box} zone={team.zone} />
                ))}
              </ul>
            </section>
          )
        }
      </Read>
      {swapping && <Swap teamId={team.teamId} onClose={() => setSwapping(false)} />}
    </main>
  );
}

function Tickets({ tickets, zone }: { tickets: readonly TicketView[]; zone: string }) {
  const t = useText('work');
  const dates = useDates();
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
              {ticket.patientId ? (
                <a href={`/patients/${ticket.patientId}`}>{ticket.boxId}</a>
              ) : (
                <b class="strong">{ticket.boxId}</b>
              )}
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

function Box({ box, zone }: { box: BoxView; zone: string }) {
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
        {box.holder ? <a href={`/patients/${box.holder.patientId}`}>{box.boxId}</a> : <b class="strong">{box.boxId}</b>}
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
      <span class={`st ${conditionGlyph[box.condition]}`}>
        <Glyph name={conditionGlyph[box.condition]} /> {t(`boxes.condition.${box.condition}`)}
      </span>
    </li>
  );
}

function Swap({ teamId, onClose }: { teamId: string; onClose: () => void }) {
  const t = useText('work');
  const shell = useText('shell');
  const { toast } = useTell();
  const [boxA, setBoxA] = useState('');
  const [boxB, setBoxB] = useState('');
  const [since, setSince] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const ready = boxA.trim() !== '' && boxB.trim() !== '' && boxA.trim() !== boxB.trim() && since !== '';
  const save = async () => {
    setBusy(true);
    try {
      const body = {
        boxA: boxA.trim().toUpperCase(),
        boxB: boxB.trim().toUpperCase(),
        since: new Date(`${since}T00:00`).toISOString(),
      };
      const answer = await post<SwapAnswer>(`/api/devices/teams/${teamId}/swaps`, body, {
        onceKey: crypto.randomUUID(),
      });
      for (const { patientId } of answer.moved) subjectChanged(patientId);
      subjectChanged(teamId);
      toast(t('boxes.swap-done'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('boxes.swap')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <p class="meta">{t('boxes.swap-says')}</p>
        <TextField
          label={t('boxes.swap-a')}
          value={boxA}
          onInput={setBoxA}
          autoCapitalize="characters"
          spellcheck={false}
        />
        <TextField
          label={t('boxes.swap-b')}
          value={boxB}
          onInput={setBoxB}
          autoCapitalize="characters"
          spellcheck={false}
        />
        <TextField label={t('boxes.swap-since')} type="date" value={since} onInput={setSince} />
        {error && (
          <p class="err" role="alert">
            {error}
          </p>
        )}
        <Button voice="go" wide busy={busy} disabled={!ready} onClick={() => void save()}>
          {t('boxes.swap-save')}
        </Button>
      </div>
    </Dialog>
  );
}
