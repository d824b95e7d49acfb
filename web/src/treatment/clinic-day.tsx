import { useState } from 'preact/hooks';
import { type ClinicDayView, doseStatuses } from '../../../functions/treatment/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button, Segments } from '../look/controls.tsx';
import { Search, TextArea, TextField } from '../look/fields.tsx';
import { Pill } from '../look/pill.tsx';
import { Empty } from '../look/states.tsx';
import { Status } from '../look/status.tsx';
import { useTell } from '../look/toast.tsx';
import { useNames } from '../reports/names.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { say } from '../shell/outbox.ts';
import { usePage } from '../shell/page.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';

/** Doses given at the clinic: tick several patients in one list, say how it is known, record once. */
export default function ClinicDayScreen() {
  const t = useText('work');
  const viewer = useViewer();
  const team = useTeam();
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), team.zone);
  const [date, setDate] = useState(today);
  // A field that was emptied, or a day to come, is today: nothing was given at the clinic tomorrow.
  const choose = (chosen: string) => setDate(chosen === '' || chosen > today ? today : chosen);
  usePage(t('clinic.title'));
  const day = useRead<ClinicDayView>(
    [viewer.userId, team.teamId, 'clinic-day', date],
    `/api/treatment/teams/${team.teamId}/clinic-day?date=${date}`,
    { keepDays: 0.5 },
  );
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('clinic.title')}</h1>
        <div class="end">
          <TextField label={t('clinic.date')} quietLabel type="date" value={date} max={today} onInput={choose} />
        </div>
      </div>
      <p class="meta">{t('clinic.says')}</p>
      <Read of={day}>{(known) => <Ticks key={known.localDate} day={known} isToday={date === today} />}</Read>
    </main>
  );
}

function Ticks({ day, isToday }: { day: ClinicDayView; isToday: boolean }) {
  const t = useText('work');
  const shell = useText('shell');
  const lang = useLanguage();
  const { toast } = useTell();
  const names = useNames(day.teamId);
  const [search, setSearch] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [inPerson, setInPerson] = useState<'watched' | 'later'>(isToday ? 'watched' : 'later');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  if (day.rows.length === 0) return <Empty title={t('clinic.empty')} says={t('clinic.empty-says')} />;
  const isMeant = ({ patientId }: { patientId: string }) => {
    const { name, code } = names.get(patientId) ?? { name: '', code: '' };
    return `${name} ${code}`.toLowerCase().includes(search.trim().toLowerCase());
  };
  const toggle = (patientId: string) => {
    const next = new Set(ticked);
    if (!next.delete(patientId)) next.add(patientId);
    setTicked(next);
  };
  const save = async () => {
    setBusy(true);
    const body = {
      listId: crypto.randomUUID(),
      localDate: day.localDate,
      inPerson: inPerson === 'watched',
      ...(inPerson === 'watched' && isToday && { watchedAt: new Date().toISOString() }),
      ...(reason.trim() && { reason: reason.trim() }),
      ticks: [...ticked].map((patientId) => ({ patientId })),
    };
    const outcome = await say({
      method: 'POST',
      path: `/api/treatment/teams/${day.teamId}/clinic-day`,
      body,
      about: 'kept.watched',
      subjectId: day.teamId,
      formStays: true,
    });
    setBusy(false);
    if (outcome.what === 'refused') {
      toast(sayProblem(shell, outcome.problem));
      return;
    }
    toast(t('clinic.done', { count: ticked.size }));
    setTicked(new Set());
    subjectChanged(day.teamId);
  };
  return (
    <>
      <Search label={t('search')} value={search} onInput={setSearch} />
      <ul class="ticks">
        {day.rows.filter(isMeant).map((row) => {
          const person = names.get(row.patientId);
          const slot = row.slots[0];
          return (
            <li key={row.patientId}>
              <label>
                <input type="checkbox" checked={ticked.has(row.patientId)} onChange={() => toggle(row.patientId)} />
                <span class="who-name">
                  <b class="strong">{person?.name}</b> <span class="quiet nb">{person?.code}</span>
                </span>
                <span class="pills-line" aria-hidden="true">
                  {slot?.pills.map((pill) => (
                    <Pill key={pill.picture} picture={pill.picture} count={pill.count} />
                  ))}
                </span>
                {slot && <Status name={slot.status} word={doseStatuses[slot.status].staff[lang]} />}
              </label>
            </li>
          );
        })}
      </ul>
      <div class="save-bar">
        {isToday && (
          <Segments
            label={t('dose.kind')}
            choices={[
              { value: 'watched', label: t('clinic.in-person') },
              { value: 'later', label: t('clinic.later') },
            ]}
            value={inPerson}
            onChange={setInPerson}
          />
        )}
        {inPerson === 'later' && (
          <TextArea label={t('clinic.reason')} value={reason} onInput={setReason} rows={1} maxLength={500} />
        )}
        <Button
          voice="go"
          busy={busy}
          disabled={ticked.size === 0 || (inPerson === 'later' && reason.trim().length < 3)}
          onClick={() => void save()}
        >
          {ticked.size === 0 ? t('clinic.none-picked') : t('clinic.save', { count: ticked.size })}
        </Button>
      </div>
    </>
  );
}
