import type { ComponentChildren } from 'preact';

/**
 * How a medicine looks to the person who swallows it. The plan names a picture `<form>-<finish>` out of treatment's
 * `pictureKeys`; a name we cannot draw becomes the plain round tablet, so a new medicine never shows a hole.
 */
interface Finish {
  fill: string;
  scored: boolean;
  /** The second half of a two-coloured capsule. */
  otherHalf?: string;
}

const finishes: Record<string, Finish> = {
  white: { fill: 'var(--pill-white)', scored: false },
  scored: { fill: 'var(--pill-white)', scored: true },
  rose: { fill: 'var(--pill-rose)', scored: false },
  yellow: { fill: 'var(--pill-yellow)', scored: false },
  'rose-white': { fill: 'var(--pill-rose)', scored: false, otherHalf: 'var(--pill-white)' },
};

const edge = { stroke: 'var(--pill-edge)', 'stroke-width': 1.5, 'stroke-linejoin': 'round' } as const;
const mark = { fill: 'none', 'stroke-width': 2.5, 'stroke-linecap': 'round' } as const;
const shadeOf = (fill: string) => (fill === 'var(--pill-rose)' ? 'var(--pill-rose-shade)' : 'var(--pill-shade)');

function tablet(cx: number, { fill, scored }: Finish) {
  return (
    <>
      <circle cx={cx} cy="17" r="12.5" fill={fill} {...edge} />
      {scored ? (
        <path d={`M${cx - 8} 17h16`} stroke={shadeOf(fill)} {...mark} />
      ) : (
        <path d={`M${cx - 7} 21.5c3 3 11 3 14 0`} stroke={shadeOf(fill)} {...mark} />
      )}
    </>
  );
}

const forms: Record<string, (finish: Finish, count: number) => ComponentChildren> = {
  round: (finish, count) =>
    count > 1 ? (
      <>
        {tablet(16, finish)}
        {tablet(44, finish)}
      </>
    ) : (
      tablet(30, finish)
    ),
  oval: ({ fill, scored }) => (
    <>
      <ellipse cx="30" cy="17" rx="22" ry="12" fill={fill} {...edge} />
      <path d={scored ? 'M30 6v22' : 'M14 21c5 4.5 26 4.5 32 0'} stroke={shadeOf(fill)} {...mark} />
    </>
  ),
  capsule: ({ fill, scored, otherHalf }) => (
    <>
      <rect x="4" y="6" width="52" height="22" rx="11" fill={fill} {...edge} />
      {otherHalf && <path d="M30 6h15a11 11 0 0 1 0 22H30z" fill={otherHalf} {...edge} />}
      <path
        d={scored ? 'M30 7v20' : otherHalf ? 'M14 22.5h10' : 'M14 22.5h32'}
        stroke={shadeOf(fill)}
        {...mark}
        stroke-width={3}
      />
    </>
  ),
  sachet: ({ fill }) => (
    <>
      <rect x="12" y="3" width="36" height="28" rx="3" fill={fill} {...edge} />
      <path d="M12 9h36M12 25h36" stroke={shadeOf(fill)} {...mark} />
    </>
  ),
};

const plain: Finish = { fill: 'var(--pill-white)', scored: false };

export function Pill({ picture, count = 1 }: { picture: string; count?: number }) {
  const dash = picture.indexOf('-');
  const form = forms[dash < 0 ? picture : picture.slice(0, dash)] ?? forms.round;
  const finish = finishes[picture.slice(dash + 1)] ?? plain;
  return (
    <svg viewBox="0 0 60 34" aria-hidden="true">
      {form?.(finish, count)}
    </svg>
  );
}

const fractions: Record<string, string> = { '0.25': '¼', '0.5': '½', '0.75': '¾' };

/** 1½ as people write it; quarters are the smallest that anybody cuts. */
export function pillCount(count: number): string {
  const whole = Math.floor(count);
  const part = fractions[String(count - whole)] ?? '';
  return whole === 0 && part ? part : `${whole}${part}`;
}
