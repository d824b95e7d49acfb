import type { ComponentChildren } from 'preact';

/** Every shape that says a status or a band. `unknown` is how a patient sees shut, waiting and silent. */
export type GlyphName =
  | 'seen'
  | 'opened'
  | 'said'
  | 'shut'
  | 'missed'
  | 'waiting'
  | 'silent'
  | 'hold'
  | 'away'
  | 'yet'
  | 'unknown'
  | 'red'
  | 'yellow';

const knock = 'var(--knock)';
const line = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 2.3,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const;

const shapes: Record<GlyphName, ComponentChildren> = {
  seen: (
    <>
      <circle cx="12" cy="12" r="11" fill="currentColor" />
      <path {...line} d="m6.8 12.4 3.6 3.6 6.8-7.6" stroke={knock} stroke-width={2.8} />
    </>
  ),
  opened: (
    <>
      <path d="M2.5 11h19v8.5a3 3 0 0 1-3 3h-13a3 3 0 0 1-3-3z" fill="currentColor" />
      <path d="M3.2 7.4 20 1.9" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" />
    </>
  ),
  said: (
    <>
      <path
        {...line}
        d="M12 2.2c5.6 0 9.8 3.6 9.8 8.4s-4.2 8.4-9.8 8.4c-1 0-2-.1-2.9-.4L4 22l.9-5.2c-1.7-1.5-2.7-3.7-2.7-6.2 0-4.8 4.2-8.4 9.8-8.4z"
      />
      <path {...line} d="m7.9 10.9 2.9 2.8 5.2-5.9" />
    </>
  ),
  shut: (
    <>
      <rect x="3" y="3.5" width="18" height="18" rx="3" fill="none" stroke="currentColor" stroke-width="2.4" />
      <path d="M3 10h18" stroke="currentColor" stroke-width="2.4" />
    </>
  ),
  missed: (
    <>
      <path d="M12 .8 23.2 12 12 23.2.8 12z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" />
      <path d="m8.4 8.4 7.2 7.2m0-7.2-7.2 7.2" stroke={knock} stroke-width="2.6" stroke-linecap="round" />
    </>
  ),
  waiting: (
    <>
      <circle cx="12" cy="12" r="9.8" fill="none" stroke="currentColor" stroke-width="2.3" />
      <path {...line} d="M12 6.5V12l3.8 2.6" />
    </>
  ),
  silent: (
    <>
      <rect x="3.5" y="4.5" width="17" height="15.5" rx="3" fill="none" stroke="currentColor" stroke-width="2.3" />
      <path d="M1.8 22.2 22.2 1.8" stroke={knock} stroke-width="6.5" />
      <path d="M2 22 22 2" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" />
    </>
  ),
  hold: <path d="M8 4.5v15M16 4.5v15" stroke="currentColor" stroke-width="4.2" stroke-linecap="round" fill="none" />,
  away: (
    <>
      <path {...line} stroke-width={2.4} d="M10 3H6a3 3 0 0 0-3 3v12a3 3 0 0 0 3 3h4" />
      <path {...line} stroke-width={2.4} d="M9 12h12.5m-5-5.5 5.5 5.5-5.5 5.5" />
    </>
  ),
  yet: <circle cx="12" cy="12" r="5" fill="none" stroke="currentColor" stroke-width="2.3" />,
  unknown: (
    <>
      <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2.2" stroke-dasharray="3.9 2.38" />
      <path
        d="M9.1 9.3c.2-1.7 1.4-2.7 3-2.7 1.7 0 3 1.1 3 2.6 0 2.2-2.9 2.3-2.9 4.5"
        fill="none"
        stroke="currentColor"
        stroke-width="2.2"
        stroke-linecap="round"
      />
      <circle cx="12.1" cy="17" r="1.5" fill="currentColor" />
    </>
  ),
  red: (
    <>
      <path
        d="M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z"
        fill="currentColor"
        stroke="currentColor"
        stroke-linejoin="round"
      />
      <path d="M12 6.2v7" stroke={knock} stroke-width="2.8" stroke-linecap="round" />
      <circle cx="12" cy="17.4" r="1.7" fill={knock} />
    </>
  ),
  yellow: (
    <>
      <path
        d="M12 2.2 23 21.5H1z"
        fill="currentColor"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linejoin="round"
      />
      <path d="M12 9v5.2" stroke={knock} stroke-width="2.5" stroke-linecap="round" />
      <circle cx="12" cy="17.9" r="1.5" fill={knock} />
    </>
  ),
};

/** A status shape. With a `label` it speaks for itself; without one the word must stand beside it. */
export function Glyph({ name, label, size }: { name: GlyphName; label?: string; size?: 'xs' | 'm' | 'l' }) {
  const look = `g ${size ?? ''} ${name}`;
  return label ? (
    <svg class={look} viewBox="0 0 24 24" role="img" aria-label={label}>
      {shapes[name]}
    </svg>
  ) : (
    <svg class={look} viewBox="0 0 24 24" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
