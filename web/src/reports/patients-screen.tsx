import { useEffect, useState } from 'preact/hooks';
import type { CaseloadView, CaseRow } from '../../../functions/reports/contract.ts';
import { doseStatuses, type StatusKey, statusKeys } from '../../../functions/treatment/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Button, LinkButton } from '../look/controls.tsx';
import { Search } from '../look/fields.tsx';
import { Glyph } from '../look/glyph.tsx';
import { Empty } from '../look/states.tsx';
import { Legend, Status } from '../look/status.tsx';
import { CallLink } from '../look/worklist.tsx';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useLanguage, useText } from '../text/text.ts';
import { allPatients } from './all-patients.ts';
import { caseloadCsv } from './caseload-file.ts';
import { FileState, type Make, useFile } from './use-file.tsx';

const byLetter = new Map<string, StatusKey>(statusKeys.map((key) => [doseStatuses[key].letter, key]));

/** A letter a day, today last. */
const lastSeven = (row: CaseRow) => row.days28.slice(-7).padStart(7, '-');

/** The caseload by name: the last seven days in shapes, the open alert, the phone. Kept for work without a network. */
export default function PatientsScreen() {
  const t = useText('work');
  const files = useText('files');
  const lang = useLanguage();
  const dates = useDates();
  const viewer = useViewer();
  const team = useTeam();
  const [search, setSearch] = useState('');
  const asked = useSettled(search.trim(), 250);
  usePage(t('nav.patients'));
  const path = `/api/reports/teams/${team.teamId}/patients?limit=100`;
  const list = usePages<CaseloadView>(
    [viewer.userId, team.teamId, 'caseload', asked],
    asked ? `${path}&search=${encodeURIComponent(asked)}` : path,
    { keepDays: 0.5 },
  );
  const total = list.data?.pages[0]?.total ?? 0;
  const file = useFile();
  const save: Make = async (signal, onPage) => {
    const patients = await allPatients(team.teamId, { search: asked, signal, onPage });
    const name = `patients-${dates.localDate(new Date().toISOString(), team.zone)}.csv`;
    const says = files('saved', { count: patients.length, name });
    return { name, csv: caseloadCsv(patients, files, lang), says };
  };
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('nav.patients')}</h1>
        <div class="end">
          <Search label={t('search')} value={search} onInput={setSearch} />
          {total > 0 && (
            <Button icon="download" busy={file.going !== undefined} onClick={() => void file.make(save)}>
              {files('export')}
            </Button>
          )}
        </div>
      </div>
      <FileState of={file} />
      <Pages of={list} more={t('patients.more')} coming={t('patients.loading')}>
        {(pages) => <People rows={pages.flatMap((page) => page.patients)} total={total} search={asked} />}
      </Pages>
    </main>
  );
}

function People({ rows, total, search }: { rows: readonly CaseRow[]; total: number; search: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const used = new Set(rows.flatMap((row) => [...lastSeven(row)].map((letter) => byLetter.get(letter))));
  if (rows.length === 0 && search) return <p class="none">{t('patients.none', { search })}</p>;
  if (rows.length === 0) {
    return (
      <Empty title={t('patients.empty')} says={t('patients.empty-says')}>
        <LinkButton voice="go" href="/enrol">
          {t('nav.enrol')}
        </LinkButton>
      </Empty>
    );
  }
  return (
    <>
      <p class="meta">{t('patients.count', { count: total })}</p>
      <ul class="people">
        {rows.map((row) => (
          <Person key={row.patientId} row={row} />
        ))}
      </ul>
      <Legend
        small
        label={t('page.legend')}
        items={statusKeys
          .filter((key) => used.has(key))
          .map((key) => ({ name: key, word: doseStatuses[key].staff[lang] }))}
      />
    </>
  );
}

function Person({ row }: { row: CaseRow }) {
  const t = useText('work');
  const dates = useDates();
  const ended = row.plan?.status === 'stopped' || row.plan?.status === 'completed';
  return (
    <li>
      <div class="who-name">
        <a href={`/patients/${row.patientId}`}>{row.name}</a> <span class="quiet nb">{row.code}</span>
        <p class="meta">
          {[
            row.plan?.title,
            ended && t('patients.ended'),
            row.away && t('patients.away'),
            row.runsOutOn && t('patients.runs-out', { date: dates.short(row.runsOutOn) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Seven row={row} />
      <span class="band-cell">
        {row.alert && row.alert.band !== 'notice' && (
          <Status name={row.alert.band} word={t(`band.${row.alert.band}`)} />
        )}
      </span>
      <span class="call-cell">
        {row.phone && !ended && (
          <CallLink phone={row.phone} label={t('work.call-name', { name: row.name })} word={t('work.call')} />
        )}
      </span>
    </li>
  );
}

function Seven({ row }: { row: CaseRow }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const letters = lastSeven(row);
  return (
    <ul class="seven" aria-label={t('patients.last7')}>
      {[...letters].map((letter, index) => {
        const status = byLetter.get(letter);
        const date = row.localDate ? addDays(row.localDate, index - 6) : undefined;
        const word = status && date ? `${dates.long(date)}: ${doseStatuses[status].staff[lang]}` : undefined;
        return (
          <li key={index} class={status ?? 'none'}>
            {status && word ? <Glyph name={status} label={word} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** The value once it has rested: searching asks once a word, not once a letter. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
