import type { ComponentChildren } from 'preact';
import { Tray } from './controls.tsx';
import { Glyph, type GlyphName } from './glyph.tsx';
import { Icon, type IconName } from './icon.tsx';

/** The rail beside a list: its sections with their counts, and what belongs under them. */
export function Rail(props: {
  label: string;
  items: readonly { href: string; label: string; count?: number | undefined; current: boolean }[];
  children?: ComponentChildren;
}) {
  return (
    <aside class="rail">
      <nav aria-label={props.label}>
        <ol>
          {props.items.map((item) => (
            <li key={item.href}>
              <a href={item.href} aria-current={item.current ? 'true' : undefined}>
                {item.label}
                {item.count !== undefined && <b>{item.count}</b>}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {props.children}
    </aside>
  );
}

/** The same sections as chips: under 900 px the rail becomes these. */
export function RailChips(props: {
  label: string;
  items: readonly { href: string; label: string; count?: number | undefined; current: boolean }[];
}) {
  return (
    <nav class="m-top" aria-label={props.label}>
      <div class="chips">
        {props.items.map((item) => (
          <a key={item.href} class="chip" href={item.href} aria-current={item.current ? 'true' : undefined}>
            {item.label}
            {item.count !== undefined && <b> {item.count}</b>}
          </a>
        ))}
      </div>
    </nav>
  );
}

/** One section of a list that can be emptied. */
export function Section(props: {
  id: string;
  title: string;
  count?: number;
  meta?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="sec" id={props.id} aria-labelledby={`${props.id}-title`}>
      <header>
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        {props.count !== undefined && <span class="n">{props.count}</span>}
        {props.meta && <span class="meta">{props.meta}</span>}
      </header>
      {props.children}
    </section>
  );
}

export interface RowProps {
  /** The band or status; or an icon when the row is a promise rather than a state. */
  glyph?: { name: GlyphName; label: string };
  icon?: IconName;
  name: string;
  code: string;
  href: string;
  /** The coloured first word of the reason. */
  lead?: string | undefined;
  why: ComponentChildren;
  owner: ComponentChildren;
  /** The owner in plain words: on a phone it stands after the deadline. */
  ownerText: string;
  by?: { text: string; small?: string | undefined; late?: boolean } | undefined;
  short?: boolean;
  selected?: boolean;
  children?: ComponentChildren;
}

/** One reason in one line, one owner, one deadline, one call. */
export function Row(props: RowProps) {
  const { by } = props;
  const state = `row${props.short ? ' short' : ''}${props.selected ? ' sel' : ''} ${props.glyph?.name ?? ''}`;
  return (
    <li class={state} aria-current={props.selected ? 'true' : undefined}>
      {props.glyph ? (
        <Glyph name={props.glyph.name} label={props.glyph.label} />
      ) : (
        <span class="g20">{props.icon && <Icon name={props.icon} />}</span>
      )}
      <div>
        <p class="name">
          <a href={props.href} title={props.name}>
            {props.name}
          </a>
          <span class="quiet">{props.code}</span>
        </p>
        <p class="why">
          {props.lead && (
            <>
              <em>{props.lead}</em>
              {' · '}
            </>
          )}
          {props.why}
        </p>
      </div>
      <p class="own">{props.owner}</p>
      <p class={`by${by?.late ? ' late' : ''}`} data-own={props.ownerText}>
        <b>{by?.text}</b>
        <small>{by?.small}</small>
      </p>
      <div class="do">{props.children}</div>
    </li>
  );
}

/** A call from a row: a word on a desk, only the phone on a phone. */
export function CallLink({
  phone,
  label,
  word,
  filled,
}: {
  phone: string;
  label: string;
  word: string;
  filled?: boolean;
}) {
  return (
    <a class={`btn${filled ? ' go' : ''}`} href={`tel:${phone}`} aria-label={label} data-call>
      <Icon name="phone" small />
      <span class="lbl" aria-hidden="true">
        {word}
      </span>
    </a>
  );
}

/** A section closed to one line. */
export function Fold(props: {
  id: string;
  title: string;
  count: number;
  says: ComponentChildren;
  open: boolean;
  onToggle: () => void;
  children?: ComponentChildren;
}) {
  return (
    <section id={props.id}>
      <h2 class="fold-head">
        <button
          type="button"
          class="fold"
          aria-expanded={props.open}
          aria-controls={`${props.id}-body`}
          onClick={props.onToggle}
        >
          <span class="fold-title">{props.title}</span>
          <span class="n meta">{props.count}</span>
          <span class="meta says">{props.says}</span>
          <Icon name="right" small />
        </button>
      </h2>
      <div id={`${props.id}-body`} hidden={!props.open}>
        {props.open && props.children}
      </div>
    </section>
  );
}

/** How many messages reached me today, of how many I may get at once. */
export function LoadCounter(props: { on: number; of: number; says: ComponentChildren; label: string; note: string }) {
  return (
    <div class="load">
      <p>{props.says}</p>
      <Tray of={props.of} on={Math.min(props.on, props.of)} label={props.label} />
      <p class="quiet">{props.note}</p>
    </div>
  );
}
