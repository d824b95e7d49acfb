import { useMemo, useState } from 'preact/hooks';
import {
  type AdherenceView,
  type CourseView,
  type DayView,
  doseStatuses,
  type StatusKey,
  statusKeys,
} from '../../../functions/treatment/contract.ts';
import { Segments } from '../look/controls.tsx';
import { DoseGrids, KnewSlider, ThreeNumbers } from '../look/patient-page.tsx';
import { Legend } from '../look/status.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { type Dates, useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { type Text, useLanguage, useText } from '../text/text.ts';
import { slotTitle } from './slot-title.ts';

type Period = '7' | '28' | 'phase' | 'whole';
const weeksShown = 8;

/** Three numbers with their meanings, eight weeks of shapes, and what we knew at any moment of them. */
export function DoseHistory(props: {
  patientId: string;
  course: CourseView;
  days: readonly DayView[];
  from: string;
  to: string;
  zone: string;
  picked: ReadonlySet<string>;
}) {
  const viewer = useViewer();
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const [period, setPeriod] = useState<Period>('28');
  const adherence = useRead<AdherenceView>(
    [viewer.userId, props.patientId, 'adherence'],
    `/api/treatment/patients/${props.patientId}/adherence`,
    { keepDays: 0.5 },
  );
  const knew = useKnew(props, t, dates);
  const days = knew.days ?? props.days;
  const { slots = [], endedOn } = props.course.plan ?? {};
  const used = new Set(days.flatMap((day) => day.slots.map((slot) => slot.status)));
  return (
    <>
      <div class="h-row">
        <h2>{t('page.doses')}</h2>
        <div class="end">
          <Segments
            label={t('page.period')}
            choices={[
              { value: '7', label: t('page.7') },
              { value: '28', label: t('page.28') },
              { value: 'phase', label: t('page.phase') },
              { value: 'whole', label: t('page.whole') },
            ]}
            value={period}
            onChange={setPeriod}
          />
        </div>
      </div>
      {adherence.data && <Numbers view={adherence.data} period={period} />}
      <div class="h-row">
        <h2>{t('page.weeks')}</h2>
      </div>
      {endedOn && <p class="meta">{t('page.plan-ended', { date: dates.dated(endedOn) })}</p>}
      <DoseGrids
        weekdays={dates.weekdays('monday')}
        weekOf={t('page.week-of')}
        slots={slots.map((slot) => ({
          title: slotTitle(slot.name, t),
          says:
            endedOn || slot.totalCount === 0
              ? slot.time
              : t('page.slot-says', {
                  time: slot.time,
                  count: slot.totalCount,
                  unit: t(`unit.${slot.unit}`, { count: slot.totalCount }),
                }),
          weeks: weeksOf(props.from, days, slot.name, props.picked, lang, dates, addDays(props.to, -27)),
        }))}
      />
      <Legend
        small
        label={t('page.legend')}
        items={statusKeys
          .filter((key) => used.has(key))
          .map((key) => ({ name: key, word: doseStatuses[key].staff[lang] }))}
      />
      <KnewSlider label={t('page.knew')} steps={knew.steps} at={knew.at} says={knew.says} onChange={knew.move} />
    </>
  );
}

function Numbers({ view, period }: { view: AdherenceView; period: Period }) {
  const t = useText('work');
  const numbers = { '7': view.last7, '28': view.last28, phase: view.phase, whole: view.whole }[period];
  const one = (key: 'observed' | 'supported' | 'claimed') => ({
    title: t(`page.${key}`),
    percent: numbers.due === 0 ? null : Math.round((100 * numbers[key]) / numbers.due),
    count: t('page.of', { count: numbers[key], due: numbers.due }),
    says: t(`page.${key}-says`),
  });
  return (
    <ThreeNumbers
      numbers={[one('observed'), one('supported'), one('claimed')]}
      rest={{
        title: t('page.rest', { count: numbers.due - numbers.claimed }),
        items: [
          { name: 'silent', count: numbers.notKnown, word: t('page.not-known') },
          { name: 'shut', count: numbers.notOpened, word: t('page.not-opened') },
          { name: 'missed', count: numbers.missed, word: t('page.missed') },
        ],
      }}
    />
  );
}

function weeksOf(
  from: string,
  days: readonly DayView[],
  slot: string,
  picked: ReadonlySet<string>,
  lang: 'en' | 'hi',
  dates: Dates,
  cutAt: string,
) {
  const status = new Map(days.map((day) => [day.localDate, day.slots.find((one) => one.name === slot)?.status]));
  return Array.from({ length: weeksShown }, (_, week) => {
    const monday = addDays(from, week * 7);
    return {
      label: dates.short(monday),
      cut: monday <= cutAt && cutAt < addDays(monday, 7),
      cells: Array.from({ length: 7 }, (_, day) => {
        const localDate = addDays(monday, day);
        const known: StatusKey | undefined = status.get(localDate);
        if (!known) return undefined;
        const word = `${dates.long(localDate)}: ${doseStatuses[known].staff[lang]}`;
        return { localDate, glyph: known, word, picked: picked.has(`${localDate} ${slot}`) };
      }),
    };
  });
}

/** The slider's moments: noon and midnight of the last two weeks, then now. */
function useKnew(props: { patientId: string; from: string; to: string; zone: string }, t: Text<'work'>, dates: Dates) {
  const viewer = useViewer();
  const opened = useMemo(() => Date.now(), []);
  const steps = 28;
  const [at, setAt] = useState(steps);
  const moment = new Date(Math.floor(opened / 3_600_000) * 3_600_000 - (steps - at) * 12 * 3_600_000).toISOString();
  const asked = at < steps;
  const answer = useRead<{ days: DayView[] }>(
    [viewer.userId, props.patientId, 'knew-at', moment],
    `/api/treatment/patients/${props.patientId}/knew-at?at=${moment}&from=${props.from}&to=${props.to}`,
    { enabled: asked },
  );
  const says = asked
    ? dates.stamp(moment, props.zone)
    : t('page.knew-now', { time: dates.stamp(new Date(opened).toISOString(), props.zone) });
  return { steps, at, says, move: setAt, days: asked ? answer.data?.days : undefined };
}
