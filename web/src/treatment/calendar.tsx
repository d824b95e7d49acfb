import { useState } from 'preact/hooks';
import type { AdherenceView, CourseView, StatusKey, TodayView } from '../../../functions/treatment/contract.ts';
import { type DayMark, Month, Tally } from '../look/calendar.tsx';
import { Button } from '../look/controls.tsx';
import { Legend } from '../look/status.tsx';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { dayStatuses, monthWeeks, stepMonth } from './course-days.ts';
import { DayDialog } from './day-dialog.tsx';
import { Listen } from './listen.tsx';
import { patientGlyph, useStatusWord } from './patient-status.ts';

/** A month in shapes, and how many of the last 28 days are known: never one percentage. */
export default function Calendar() {
  const t = useText('patient');
  const viewer = useViewer();
  const patientId = viewer.patientId ?? '';
  return <CalendarOf patientId={patientId} title={t('calendar')} canTell />;
}

export function CalendarOf({ patientId, title, canTell }: { patientId: string; title: string; canTell?: boolean }) {
  const t = useText('patient');
  const viewer = useViewer();
  const root = `/api/treatment/patients/${patientId}`;
  const keep = { keepDays: 30 };
  const course = useRead<CourseView>([viewer.userId, patientId, 'course'], `${root}/course`, keep);
  const numbers = useRead<AdherenceView>([viewer.userId, patientId, 'adherence'], `${root}/adherence`, keep);
  const today = useRead<TodayView>([viewer.userId, patientId, 'today'], `${root}/today`, keep);
  usePage(title);
  const tally = numbers.data?.days28;
  const spoken = tally
    ? `${t('tally.taken')} ${tally.taken} ${t('tally.of', { count: tally.days })}. ${t('tally.not-known')} ${tally.notKnown}.`
    : title;
  return (
    <PatientFrame
      current="calendar"
      title={title}
      zone={today.data?.zone ?? viewer.zone}
      action={<Listen compact says={spoken} />}
    >
      <h1 class="vh">{title}</h1>
      {canTell && <p class="only-paper">{viewer.name}</p>}
      {tally && tally.days > 0 && (
        <Tally
          taken={tally.taken}
          of={tally.days}
          notKnown={tally.notKnown}
          words={{
            taken: t('tally.taken'),
            of: t('tally.of', { count: tally.days }),
            notKnown: t('tally.not-known'),
          }}
        />
      )}
      <Read of={course}>
        {(view) => (
          <CourseMonths
            course={view}
            today={today.data?.localDate ?? new Date().toISOString().slice(0, 10)}
            patientId={patientId}
            canTell={canTell ?? false}
          />
        )}
      </Read>
    </PatientFrame>
  );
}

const legendOf = (wordOf: (status: StatusKey) => string, seen: ReadonlySet<StatusKey>) => {
  const always: StatusKey[] = ['seen', 'opened', 'said', 'silent'];
  const also = (['missed', 'hold', 'away'] as const).filter((status) => seen.has(status));
  return [...always, ...also].map((status) => ({ name: patientGlyph(status), word: wordOf(status) }));
};

/** That the plan is over, and since when. After a death nobody is told what there is to take. */
function useEnded({ plan }: CourseView): { on: string; says: string } | undefined {
  const t = useText('patient');
  const dates = useDates();
  if (!plan?.endedOn || plan.stopped?.reason === 'died') return undefined;
  return { on: plan.endedOn, says: t('plan.ended', { date: dates.dated(plan.endedOn) }) };
}

function CourseMonths(props: { course: CourseView; today: string; patientId: string; canTell: boolean }) {
  const { course, today } = props;
  const t = useText('patient');
  const s = useText('shell');
  const dates = useDates();
  const wordOf = useStatusWord(props.patientId);
  const [month, setMonth] = useState(today.slice(0, 7));
  const [picked, setPicked] = useState<string>();
  const known = dayStatuses(course);
  const start = course.plan?.start;
  const mark = (localDate: string): DayMark => {
    const status = known.get(localDate);
    const outside = (start !== undefined && localDate < start) || localDate > today;
    return {
      localDate,
      today: localDate === today,
      outside,
      ...(status && !outside && { glyph: patientGlyph(status), word: wordOf(status) }),
    };
  };
  const first = start?.slice(0, 7) ?? today.slice(0, 7);
  const thisYear = today.slice(0, 4);
  const turn = (by: -1 | 1) => {
    const to = stepMonth(month, by);
    const there = to >= first && to <= today.slice(0, 7);
    return { label: dates.month(to, thisYear), go: there ? () => setMonth(to) : undefined };
  };
  const quiet = course.quiet.at(-1);
  const ended = useEnded(course);
  return (
    <>
      {ended && <p class="lead">{ended.says}</p>}
      <Month
        title={dates.month(month, thisYear)}
        titleOnPaper={dates.month(month, '')}
        previous={turn(-1)}
        next={turn(1)}
        weekdays={dates.weekdays('sunday')}
        weeks={monthWeeks(month).map((week) => week.map((localDate) => (localDate ? mark(localDate) : undefined)))}
        onPick={setPicked}
      />
      <Legend label={t('legend')} items={legendOf(wordOf, new Set(known.values()))} />
      <Button icon="print" class="print" onClick={() => print()}>
        {t('calendar.print')}
      </Button>
      {quiet && (
        <section class="tell">
          <p>{t('quiet', { days: dates.range(quiet.from, quiet.to) })}</p>
          {props.canTell && (
            <Button voice="soft" class="nb" onClick={() => setPicked(quiet.to)}>
              {t('quiet.tell')}
            </Button>
          )}
        </section>
      )}
      {picked && (
        <DayDialog
          patientId={props.patientId}
          localDate={picked}
          from={quiet && picked === quiet.to ? quiet.from : picked}
          closeWord={s('close')}
          canTell={props.canTell}
          {...(ended && picked > ended.on && { nothing: ended.says })}
          onClose={() => setPicked(undefined)}
        />
      )}
    </>
  );
}
