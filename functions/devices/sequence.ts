import { type BootClock, bounds, type Mark } from './clock.ts';

/** A run of numbers that have all been dealt with, and when its first and last happened. */
export type Run = readonly [from: number, to: number, first: Mark, last: Mark];
export type Runs = readonly Run[];

/** A boot with more holes than this forgets its oldest run; treatment still knows each opening by its id. */
export const runLimit = 12;

export function hasSeq(runs: Runs, seq: number): boolean {
  return runs.some(([from, to]) => from <= seq && seq <= to);
}

/** Adds one number. Any order and any repetition of the same numbers gives the same runs. */
export function addSeq(runs: Runs, seq: number, mark: Mark): Runs {
  if (hasSeq(runs, seq)) return runs;
  const before = runs.find((run) => run[1] === seq - 1);
  const after = runs.find((run) => run[0] === seq + 1);
  const joined: Run = [
    before ? before[0] : seq,
    after ? after[1] : seq,
    before ? before[2] : mark,
    after ? after[3] : mark,
  ];
  const others = runs.filter((run) => run !== before && run !== after);
  return [...others, joined].sort((a, b) => a[0] - b[0]).slice(-runLimit);
}

/** What is needed of a boot to find its gaps. */
export type BootRuns = {
  readonly bootId: string;
  readonly runs: Runs;
  readonly clock: BootClock;
  /** What the boot event said of the boot before it. */
  readonly previousBootId?: string;
  readonly previousLastSeq?: number;
};

export type Gap = { readonly from: number; readonly to: number };

export type Spoken = {
  /** Epoch seconds: the latest instant at which the box has reported; undefined while it could never say when. */
  readonly through?: number;
  /** Stretches in which a numbered event is missing, epoch seconds, oldest first: there nobody knows that the lid stayed shut. */
  readonly gaps: readonly Gap[];
};

/** A start that takes longer than this may have been a box without power. */
const longestStartSeconds = 15 * 60;

/**
 * How far the box has spoken and where it left something out. A boot starts at 0 or 1; the first boot we know may start
 * anywhere, because the box lived before we knew it. A missing number lies somewhere between its neighbours' times. From
 * the last word of a boot to the beginning of the next the box may have been off: a lid that moved then told nobody.
 */
export function spoken(boots: readonly BootRuns[]): Spoken {
  const inTime = boots.filter((boot) => boot.runs.length > 0).sort(byFirst);
  const gaps: Gap[] = [];
  let through: number | undefined;
  for (const [index, boot] of inTime.entries()) {
    for (const [place, [, , first, last]] of boot.runs.entries()) {
      const { late } = bounds(first, boot.clock);
      const unseen = place > 0 || (index > 0 && startsWithAGap(boot, inTime));
      const to = unseen ? late : beganAt(boot, late);
      const least = unseen ? 0 : longestStartSeconds;
      if (through !== undefined && to - through > least) gaps.push({ from: through, to });
      const { early } = bounds(last, boot.clock);
      if (early !== undefined) through = Math.max(through ?? 0, early);
    }
  }
  return { ...(through !== undefined && { through }), gaps };
}

/** By its count since the start, where the box counts. */
function beganAt({ clock }: BootRuns, firstAt: number): number {
  return clock.bootedAtMs === undefined ? firstAt : Math.min(firstAt, Math.floor(clock.bootedAtMs / 1000));
}

function startsWithAGap(boot: BootRuns, all: readonly BootRuns[]): boolean {
  if ((boot.runs[0]?.[0] ?? 0) > 1) return true;
  if (boot.previousLastSeq === undefined) return false;
  const before = all.find((other) => other.bootId === boot.previousBootId);
  return before !== undefined && (before.runs.at(-1)?.[1] ?? -1) < boot.previousLastSeq;
}

function byFirst(a: BootRuns, b: BootRuns): number {
  const difference = start(a) - start(b);
  return difference !== 0 ? difference : a.bootId < b.bootId ? -1 : 1;
}

/** Not by the box's clock, which may have begun in the year 2000. */
function start(boot: BootRuns): number {
  return beganAt(boot, boot.runs[0]?.[2][1] ?? 0);
}
