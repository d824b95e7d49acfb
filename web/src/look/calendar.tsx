import { Glyph, type GlyphName } from './glyph.tsx';
import { Icon } from './icon.tsx';

/** One day as a patient reads it. `word` is the accessible name of its shape. */
export interface DayMark {
  /** YYYY-MM-DD in the patient's zone. */
  localDate: string;
  glyph?: GlyphName | undefined;
  word?: string | undefined;
  today?: boolean;
  /** Outside the course: a number without a shape. */
  outside?: boolean;
}

const dayOf = (localDate: string) => Number(localDate.slice(8));

/** The last seven days, today in its compartment. */
export function WeekStrip({ label, days }: { label: string; days: readonly (DayMark & { weekday: string })[] }) {
  return (
    <ol class="week tray" aria-label={label}>
      {days.map((day) => (
        <li key={day.localDate} class={day.today ? 'today' : ''} aria-current={day.today ? 'date' : undefined}>
          <small>{day.weekday}</small>
          {day.glyph ? <Glyph name={day.glyph} size="m" label={day.word ?? ''} /> : <span class="g m" />}
          <small>{dayOf(day.localDate)}</small>
        </li>
      ))}
    </ol>
  );
}

export interface MonthProps {
  title: string;
  /** With its year: paper is kept. */
  titleOnPaper: string;
  previous: { label: string; go?: (() => void) | undefined };
  next: { label: string; go?: (() => void) | undefined };
  weekdays: readonly { short: string; long: string }[];
  /** Weeks of seven; `undefined` where the month has no day. */
  weeks: readonly (readonly (DayMark | undefined)[])[];
  onPick?: (localDate: string) => void;
}

/** A month in shapes. A real table, so that rows and columns are read out. */
export function Month({ title, titleOnPaper, previous, next, weekdays, weeks, onPick }: MonthProps) {
  return (
    <section class="now month-card" aria-label={title}>
      <header class="cal-head">
        <Turn icon="left" label={previous.label} go={previous.go} />
        <h2 aria-live="polite">
          <span class="no-paper">{title}</span>
          <span class="only-paper">{titleOnPaper}</span>
        </h2>
        <Turn icon="right" label={next.label} go={next.go} />
      </header>
      <table class="month">
        <thead>
          <tr>
            {weekdays.map(({ short, long }) => (
              <th key={long} scope="col">
                <span class="vh">{long}</span>
                <span aria-hidden="true">{short}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, at) => (
            <tr key={week.find(Boolean)?.localDate ?? at}>
              {week.map((day, column) =>
                day ? <Day key={day.localDate} day={day} onPick={onPick} /> : <td key={`empty-${column}`} />,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Turn({ icon, label, go }: { icon: 'left' | 'right'; label: string; go?: (() => void) | undefined }) {
  return (
    <button type="button" class="btn text sq" aria-label={label} disabled={!go} onClick={go}>
      <Icon name={icon} />
    </button>
  );
}

function Day({ day, onPick }: { day: DayMark; onPick?: ((localDate: string) => void) | undefined }) {
  const inside = (
    <>
      <span>{dayOf(day.localDate)}</span>
      {day.glyph && <Glyph name={day.glyph} size="m" label={day.word ?? ''} />}
      {day.word && <small class="only-paper">{day.word}</small>}
    </>
  );
  const pickable = onPick && day.glyph && !day.outside;
  return (
    <td class={day.today ? 'today' : day.outside ? 'out' : ''} aria-current={day.today ? 'date' : undefined}>
      {pickable ? (
        <button type="button" onClick={() => onPick(day.localDate)}>
          {inside}
        </button>
      ) : (
        inside
      )}
    </td>
  );
}

/** "Taken 16 of 28, not known 12": two numbers and the tray that shows them; never one percentage. */
export function Tally(props: {
  taken: number;
  of: number;
  notKnown: number;
  words: { taken: string; of: string; notKnown: string };
}) {
  return (
    <div class="tallies">
      <dl class="tally">
        <div>
          <dt>{props.words.taken}</dt>
          <dd>
            {props.taken} <small>{props.words.of}</small>
          </dd>
        </div>
        <div>
          <dt>{props.words.notKnown}</dt>
          <dd>{props.notKnown}</dd>
        </div>
      </dl>
      {props.of <= 62 ? (
        <div class="tray fill28" aria-hidden="true">
          {Array.from({ length: props.of }, (_, at) => (
            <i key={at} class={at < props.taken ? 'on' : ''} />
          ))}
        </div>
      ) : (
        <progress class="fill-bar" max={props.of} value={props.taken} aria-hidden="true" />
      )}
    </div>
  );
}
