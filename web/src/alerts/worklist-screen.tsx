import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { WorklistView, WorkRow } from '../../../functions/alerts/contract.ts';
import type { NotYetView } from '../../../functions/reports/contract.ts';
import { Chips } from '../look/controls.tsx';
import { Search } from '../look/fields.tsx';
import { KeyHints, ShortcutList } from '../look/keys.tsx';
import { Empty } from '../look/states.tsx';
import { Fold, LoadCounter, Rail, RailChips, Section } from '../look/worklist.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { type Filter, matches, useFilters } from './filter.ts';
import { NotYetList } from './not-yet.tsx';
import { useRowKeys } from './row-keys.ts';
import { useTeam } from './team.ts';
import { WorkLine } from './work-row.tsx';
import { worklistOf } from './worklist-of.ts';

const keptDays = 0.5;

/** The nurse's home: a list that can be emptied. Needs me now → promised → ask the patient → not yet → boxes. */
export default function WorklistScreen() {
  const viewer = useViewer();
  const team = useTeam();
  const list = useRead<WorklistView>(...worklistOf(viewer.userId, team.teamId));
  const notYet = useRead<NotYetView>(
    [viewer.userId, team.teamId, 'not-yet'],
    `/api/reports/teams/${team.teamId}/not-yet`,
    { keepDays: keptDays, refetchSeconds: 120 },
  );
  const t = useText('work');
  return (
    <Read of={list} coming={t('work.loading')}>
      {(known) => <Worklist list={known} notYet={notYet.data} />}
    </Read>
  );
}

function Worklist({ list, notYet }: { list: WorklistView; notYet: NotYetView | undefined }) {
  const t = useText('work');
  const shell = useText('shell');
  const team = useTeam();
  const asOf = useMinute();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<'yet' | 'boxes' | undefined>();
  const keep = (row: WorkRow) => matches(row, filter, search);
  const shown = useMemo(
    () => ({
      now: list.now.filter(keep),
      promised: list.promised.filter(keep),
      ask: list.ask.filter(keep),
      boxes: list.boxes.filter(keep),
    }),
    [list, filter, search],
  );
  const rows = [...shown.now, ...shown.promised, ...shown.ask];
  const { at, shortcuts } = useRowKeys(rows, team.teamId, () => searchBox.current?.focus());
  const searchBox = useRef<HTMLInputElement>(null);
  const all = [...list.now, ...list.promised, ...list.ask];
  const yetCount = notYet?.patients.length ?? list.notYet.count;
  const sections = [
    { href: '#now', label: t('section.now'), short: t('section.now-short'), count: shown.now.length },
    {
      href: '#promised',
      label: t('section.promised'),
      short: t('section.promised-short'),
      count: shown.promised.length,
    },
    { href: '#ask', label: t('section.ask'), short: t('section.ask-short'), count: shown.ask.length },
    { href: '#yet', label: t('section.yet'), short: t('section.yet-short'), count: yetCount },
    { href: '#boxes', label: t('section.boxes'), short: t('section.boxes'), count: shown.boxes.length },
  ].map((section, index) => ({ ...section, current: index === 0 }));
  const line = (row: WorkRow, short: boolean) => (
    <WorkLine
      key={row.rowId}
      row={row}
      teamId={team.teamId}
      zone={team.zone}
      asOf={asOf}
      selected={rows[at]?.rowId === row.rowId}
      short={short}
    />
  );
  const choices = useFilters(all);
  return (
    <div class="wl">
      <Rail label={t('sections')} items={sections}>
        <Load load={list.load} />
        <KeyHints
          items={[
            { keys: ['j', 'k'], word: t('key.next') },
            { keys: ['c'], word: t('key.call') },
            { keys: ['a'], word: t('key.on-it') },
            { keys: ['o'], word: t('key.outcome') },
            { keys: ['?'], word: t('key.all') },
          ]}
        />
      </Rail>
      <main id="main" class="list" tabIndex={-1}>
        <h1 class="vh">{t('nav.worklist')}</h1>
        <RailChips label={t('sections')} items={sections.map(({ short, ...rest }) => ({ ...rest, label: short }))} />
        <div class="list-top">
          <Chips label={t('filter')} choices={choices} value={filter} onChange={setFilter} />
          <Search label={t('search')} value={search} onInput={setSearch} inputRef={searchBox} />
        </div>
        {rows.length === 0 && filter === 'all' && search === '' ? (
          <NobodyNow yet={yetCount} />
        ) : (
          <>
            <Section
              id="now"
              title={t('section.now')}
              count={shown.now.length}
              meta={t('section.now-meta', { count: list.acknowledgeHours })}
            >
              {shown.now.length > 0 ? (
                <ul>{shown.now.map((row) => line(row, false))}</ul>
              ) : (
                <p class="none">{t('section.now-none')}</p>
              )}
            </Section>
            {shown.promised.length > 0 && (
              <Section
                id="promised"
                title={t('section.promised')}
                count={shown.promised.length}
                meta={t('section.promised-meta')}
              >
                <ul>{shown.promised.map((row) => line(row, true))}</ul>
              </Section>
            )}
            {shown.ask.length > 0 && (
              <Section id="ask" title={t('section.ask')} count={shown.ask.length} meta={t('section.ask-meta')}>
                <ul>{shown.ask.map((row) => line(row, true))}</ul>
              </Section>
            )}
          </>
        )}
        <Fold
          id="yet"
          title={t('section.yet')}
          count={yetCount}
          says={<YetSays list={list} notYet={notYet} zone={team.zone} />}
          open={open === 'yet'}
          onToggle={() => setOpen(open === 'yet' ? undefined : 'yet')}
        >
          {notYet && <NotYetList view={notYet} zone={team.zone} />}
        </Fold>
        <Fold
          id="boxes"
          title={t('section.boxes')}
          count={shown.boxes.length}
          says={shown.boxes.map((row) => row.boxId ?? row.patient.name).join(', ') || t('boxes.none')}
          open={open === 'boxes'}
          onToggle={() => setOpen(open === 'boxes' ? undefined : 'boxes')}
        >
          <ul>{shown.boxes.map((row) => line(row, true))}</ul>
        </Fold>
        <p class="quiet only-phone load-line">
          {t('load.line', {
            on: list.load.sent,
            of: list.load.of,
            patients: t('patients.count', { count: list.load.patients }),
          })}
        </p>
      </main>
      <ShortcutList title={t('key.title')} closeWord={shell('close')} showWord={t('key.all')} shortcuts={shortcuts} />
    </div>
  );
}

function Load({ load }: { load: WorklistView['load'] }) {
  const t = useText('work');
  return (
    <LoadCounter
      on={load.sent}
      of={load.of}
      says={
        <>
          <b>{t('load.count', { on: load.sent, of: load.of })}</b> {t('load.says')}
        </>
      }
      label={t('load.count', { on: load.sent, of: load.of })}
      note={t('load.note', { patients: t('patients.count', { count: load.patients }), of: load.of })}
    />
  );
}

function YetSays({ list, notYet, zone }: { list: WorklistView; notYet: NotYetView | undefined; zone: string }) {
  const t = useText('work');
  const dates = useDates();
  const until = notYet?.openUntil ?? list.notYet.openUntil;
  const critical = notYet?.critical ?? list.notYet.critical;
  if (!until) return <>{t('yet.none')}</>;
  return <>{t('yet.says', { time: dates.clock(until, zone), count: critical })}</>;
}

function NobodyNow({ yet }: { yet: number }) {
  const t = useText('work');
  return (
    <Empty
      title={t('empty.title')}
      says={t('empty.says')}
      facts={[[t('empty.today'), t('empty.yet', { count: yet })]]}
    />
  );
}

/** Deadlines run on the screen too: the list is drawn again each half minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
