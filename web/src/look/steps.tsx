import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import { Status } from './status.tsx';

export interface StepItem {
  title: string;
  says?: string | undefined;
  state: 'done' | 'current' | 'next';
  onGo?: (() => void) | undefined;
}

/** Steps done, the one we are at, and those to come. */
export function StepList({ items, doneWord }: { items: readonly StepItem[]; doneWord: string }) {
  return (
    <ol class="steps">
      {items.map((item, at) => (
        <li
          key={item.title}
          class={item.state === 'current' ? 'cur' : item.state === 'next' ? 'nxt' : ''}
          aria-current={item.state === 'current' ? 'step' : undefined}
        >
          {item.state === 'done' ? (
            <Glyph name="seen" size="m" label={doneWord} />
          ) : (
            <span class="num" aria-hidden="true">
              {at + 1}
            </span>
          )}
          <div>
            {item.onGo ? (
              <button type="button" class="as-text" onClick={item.onGo}>
                <b>{item.title}</b>
              </button>
            ) : (
              <b>{item.title}</b>
            )}
            {item.says && <p>{item.says}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Progress in a tray; half of the current compartment is filled. */
export function Progress({ step, of, label }: { step: number; of: number; label: string }) {
  return (
    <div class="tray prog" role="img" aria-label={label}>
      {Array.from({ length: of }, (_, at) => (
        <i key={at} class={at + 1 < step ? '' : at + 1 === step ? 'half' : 'none'} />
      ))}
    </div>
  );
}

/** Waiting for something outside: what we listen to, for how long, and what is normal. */
export function WaitingPanel(props: {
  says: string;
  elapsedSeconds: number;
  heard?: string | undefined;
  children?: ComponentChildren;
}) {
  const clock = `${Math.floor(props.elapsedSeconds / 60)}:${String(props.elapsedSeconds % 60).padStart(2, '0')}`;
  return (
    <>
      <div class="listening" role="status">
        {props.heard ? (
          <Status name="opened" size="m" word={props.heard} />
        ) : (
          <Status name="waiting" size="m" word={props.says} />
        )}
        <time aria-hidden="true">{clock}</time>
      </div>
      {props.children}
    </>
  );
}

/** The pill box with its lid lifting. */
export function BoxArt({ label }: { label: string }) {
  return (
    <svg class="boxart" viewBox="20 14 372 262" role="img" aria-label={label}>
      <g class="lid">
        <rect x="56" y="118" width="288" height="30" rx="12" fill="var(--accent)" transform="rotate(-19 62 146)" />
      </g>
      <path
        d="M358 140A300 300 0 0 0 345 66M333 80l11-17 17 11"
        fill="none"
        stroke="var(--accent)"
        stroke-width="5"
        stroke-linecap="round"
        stroke-linejoin="round"
        opacity=".55"
      />
      <rect x="56" y="150" width="288" height="118" rx="20" fill="var(--sunken)" stroke="var(--ink)" stroke-width="4" />
      <path d="M56 190h288M128 190v78M200 190v78M272 190v78" stroke="var(--ink)" stroke-width="4" />
      <g fill="var(--pill-white)" stroke="var(--pill-edge)" stroke-width="2.5">
        <circle cx="79" cy="229" r="13" />
        <circle cx="106" cy="229" r="13" />
        <ellipse cx="164" cy="229" rx="24" ry="14" />
        <rect x="211" y="216" width="50" height="26" rx="13" />
      </g>
      <rect
        x="283"
        y="216"
        width="50"
        height="26"
        rx="13"
        fill="var(--pill-rose)"
        stroke="var(--pill-edge)"
        stroke-width="2.5"
      />
      <circle cx="318" cy="170" r="7" fill="var(--seen)" />
      <path d="M84 170h64" stroke="var(--edge)" stroke-width="6" stroke-linecap="round" />
    </svg>
  );
}
