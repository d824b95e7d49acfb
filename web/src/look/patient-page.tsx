import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from './glyph.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface AdherenceNumber {
  title: string;
  /** Whole per cent; null while nothing was due. */
  percent: number | null;
  count: string;
  says: string;
}

/** Three numbers with their meanings, and everything they do not cover as its own list. */
export function ThreeNumbers(props: {
  numbers: readonly AdherenceNumber[];
  rest: { title: string; items: readonly { name: GlyphName; count: number; word: string }[] };
}) {
  return (
    <dl class="three">
      {props.numbers.map((number) => (
        <div key={number.title}>
          <dt>{number.title}</dt>
          <dd class="num">
            {number.percent === null ? '–' : `${number.percent}%`}
            <small>{number.count}</small>
          </dd>
          <dd class="say">{number.says}</dd>
        </div>
      ))}
      <div class="rest">
        <dt>{props.rest.title}</dt>
        <dd>
          <ul>
            {props.rest.items.map(({ name, count, word }) => (
              <li key={word} class={`st ${name}`}>
                <Glyph name={name} size="xs" />
                <b>{count}</b> {word}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
}

export interface GridCell {
  localDate: string;
  glyph?: GlyphName;
  /** Day and status in words; the accessible name of the cell. */
  word: string;
  picked?: boolean;
}

export interface GridWeek {
  label: string;
  /** The period of the numbers above starts at this week. */
  cut?: boolean;
  cells: readonly (GridCell | undefined)[];
}

/** Doses of one slot, a row a week. The first grid carries the week labels on a desk; on a phone each has its own. */
export function DoseGrids(props: {
  weekdays: readonly { short: string; long: string }[];
  slots: readonly { title: string; says: string; weeks: readonly GridWeek[] }[];
  weekOf: string;
  onPick?: (localDate: string, slot: number) => void;
}) {
  return (
    <div class={`grids of${props.slots.length}`}>
      {props.slots.map((slot, at) => (
        <table key={slot.title} class="dg">
          <caption>
            {slot.title} <span>{slot.says}</span>
          </caption>
          <thead>
            <tr>
              <th class={at > 0 ? 'wk only-phone' : 'wk'} scope="col">
                <span class="vh">{props.weekOf}</span>
              </th>
              {props.weekdays.map(({ short, long }) => (
                <th key={long} scope="col">
                  <span class="vh">{long}</span>
                  <span aria-hidden="true">{short}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {slot.weeks.map((week) => (
              <tr key={week.label} class={week.cut ? 'cut' : ''}>
                <th class={at > 0 ? 'wk only-phone' : 'wk'} scope="row">
                  {week.label}
                </th>
                {week.cells.map((cell, column) => (
                  <Cell
                    key={cell?.localDate ?? `empty-${column}`}
                    cell={cell}
                    first={!week.cells[column - 1]?.picked}
                    last={!week.cells[column + 1]?.picked}
                    {...(props.onPick && cell && { onPick: () => props.onPick?.(cell.localDate, at) })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Cell(props: { cell: GridCell | undefined; first: boolean; last: boolean; onPick?: () => void }) {
  const { cell } = props;
  if (!cell) return <td />;
  const edge = cell.picked ? `pick${props.first ? ' p1' : ''}${props.last ? ' p3' : ''}` : '';
  const glyph = cell.glyph && <Glyph name={cell.glyph} label={cell.word} />;
  return (
    <td class={edge}>
      {props.onPick && glyph ? (
        <button type="button" onClick={props.onPick}>
          {glyph}
        </button>
      ) : (
        glyph
      )}
    </td>
  );
}

/** "What we knew at …": a slider over the moments at which knowledge changed. */
export function KnewSlider(props: {
  label: string;
  steps: number;
  at: number;
  says: string;
  onChange: (at: number) => void;
}) {
  return (
    <div class="knew">
      <label for="knew">{props.label}</label>
      <input
        id="knew"
        type="range"
        min={0}
        max={props.steps}
        value={props.at}
        aria-valuetext={props.says}
        onInput={(event) => props.onChange(Number(event.currentTarget.value))}
      />
      <output for="knew">{props.says}</output>
    </div>
  );
}

/** The open alert: the one card on a staff screen. */
export function AlertPanel(props: {
  band: { name: 'red' | 'yellow'; label: string };
  title: string;
  says: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class={`alert ${props.band.name}`} aria-labelledby="alert-title">
      <header>
        <Glyph name={props.band.name} label={props.band.label} size="m" />
        <div>
          <h2 id="alert-title">{props.title}</h2>
          <p>{props.says}</p>
        </div>
      </header>
      <div class="taps">{props.children}</div>
    </section>
  );
}

/** One of the three taps: on it, what happened, next step. */
export function Tap(props: { step: number; state: 'done' | 'current' | 'next'; children: ComponentChildren }) {
  const look = props.state === 'done' ? ' ok' : props.state === 'current' ? ' cur' : '';
  return (
    <div class={`tap${look}`} aria-current={props.state === 'current' ? 'step' : undefined}>
      <i aria-hidden="true">{props.state === 'done' ? <Icon name="tick" small /> : props.step}</i>
      <div>{props.children}</div>
    </div>
  );
}

/** What happened and when we knew it. */
export function Timeline(props: {
  items: readonly {
    id: string;
    /** A status speaks with its shape; what is none has an icon, so that it is not taken for one. */
    mark: { glyph: GlyphName } | { icon: IconName };
    title: ComponentChildren;
    says?: ComponentChildren;
    time: string;
    instant: string;
  }[];
}) {
  return (
    <ol class="tl">
      {props.items.map((item) => (
        <li key={item.id} class={'glyph' in item.mark ? item.mark.glyph : undefined}>
          {'glyph' in item.mark ? <Glyph name={item.mark.glyph} /> : <Icon name={item.mark.icon} />}
          <div>
            <b class="strong">{item.title}</b>
            {item.says && <p>{item.says}</p>}
          </div>
          <time dateTime={item.instant}>{item.time}</time>
        </li>
      ))}
    </ol>
  );
}
