import { useState } from 'preact/hooks';
import { type ClinicDayView, usualDayRollsAt } from '../../../functions/treatment/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button, Chips, Segments } from '../look/controls.tsx';
import { ErrorLine, Search, TextArea, TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { Empty } from '../look/states.tsx';
import { useChecks } from '../look/use-checks.ts';
import { useNames } from '../reports/names.ts';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { dosingDate } from '../text/days.ts';
import { useText } from '../text/text.ts';
import { type ClinicDose, dosesOf, isOpenNow, isTickable, type Known } from './clinic-dose.ts';
import { ClinicDoses } from './clinic-doses.tsx';
import { useClinicList } from './use-clinic-list.ts';

/** Doses given at the clinic: tick several patients in one list, say how it is known, record once. */
export default function ClinicDayScreen() {
  const t = useText('work');
  const viewer = useViewer();
  const team = useTeam();
  const today = dosingDate(new Date().toISOString(), team.zone, usualDayRollsAt);
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
      <Read of={day}>{(known) => <Doses key={known.localDate} day={known} isToday={date === today} />}</Read>
    </main>
  );
}

/** All doses of the day, or only those still open; those ticked are recorded together. */
function Doses({ day, isToday }: { day: ClinicDayView; isToday: boolean }) {
  const t = useText('work');
  const names = useNames(day.teamId);
  const list = useClinicList(day);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<'all' | 'yet'>('all');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [known, setKnown] = useState<Known>(isToday ? 'watched' : 'later');
  const [reason, setReason] = useState('');
  const now = new Date().toISOString();
  const all = dosesOf(day);
  if (all.length === 0) return <Empty title={t('clinic.empty')} says={t('clinic.empty-says')} />;
  const isMeant = ({ patientId }: ClinicDose) => {
    const { name, code } = names.get(patientId) ?? { name: '', code: '' };
    return `${name} ${code}`.toLowerCase().includes(search.trim().toLowerCase());
  };
  const open = all.filter((dose) => isOpenNow(dose, now));
  // What is ticked counts as long as it can be ticked: the choice below may have changed since.
  const picked = all.filter((dose) => ticked.has(dose.id) && isTickable(dose, known, now));
  const shown = (filter === 'yet' && isToday ? open : all).filter(isMeant);
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  const { checks, error: wrong } = useChecks({
    ticked: picked.length === 0 && t('clinic.none-picked'),
    reason: known === 'later' && reason.trim().length < 3 && t('dose.reason-missing'),
  });
  const save = async () => {
    const left = await list.record(picked, { known, isToday, reason: reason.trim() });
    if (left) setTicked(new Set(left));
  };
  return (
    <>
      <div class="find-row">
        <Search label={t('search')} value={search} onInput={setSearch} />
        {isToday && (
          <Chips
            label={t('filter')}
            choices={[
              { value: 'all', label: t('filter.all', { count: all.length }) },
              { value: 'yet', label: t('clinic.yet', { count: open.length }) },
            ]}
            value={filter}
            onChange={setFilter}
          />
        )}
      </div>
      {shown.length === 0 && <p class="none">{search.trim() ? t('patients.none', { search }) : t('yet.none')}</p>}
      <ClinicDoses doses={shown} names={names} ticked={ticked} known={known} now={now} onToggle={toggle} />
      <Form class="save-bar" checks={checks} busy={list.busy} onGo={save}>
        {isToday && (
          <Segments
            label={t('dose.kind')}
            choices={[
              { value: 'watched', label: t('clinic.in-person') },
              { value: 'later', label: t('clinic.later') },
            ]}
            value={known}
            onChange={setKnown}
          />
        )}
        {known === 'later' && (
          <TextArea
            label={t('clinic.reason')}
            value={reason}
            onInput={setReason}
            rows={1}
            maxLength={500}
            error={wrong('reason')}
          />
        )}
        <ErrorLine says={wrong('ticked')} />
        <Button voice="go" type="submit" busy={list.busy}>
          {picked.length === 0 ? t('clinic.record') : t('clinic.save', { count: picked.length })}
        </Button>
      </Form>
    </>
  );
}
