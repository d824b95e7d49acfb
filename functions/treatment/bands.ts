import { daysBetween } from '../shared/time.ts';
import type { StatusKey } from './dose-status.ts';
import { rollUp } from './roll-up.ts';

/** Policy data: a country or team may have its own. Counts are dosing days. */
export type BandPolicy = {
  readonly version: string;
  readonly citation: string;
  readonly windowDays: number;
  readonly yellow: { readonly missedInWindow: number; readonly consecutive: number };
  readonly red: { readonly missedInWindow: number; readonly consecutive: number; readonly criticalInWindow: number };
  /** Days in a row at which an interruption rule must be looked at. */
  readonly gates: readonly number[];
  /** Dosing days in a row without any evidence after which the patient is asked. */
  readonly askAfter: { readonly days: number; readonly critical: number };
};

export const bandPolicies: Readonly<Record<string, BandPolicy>> = {
  'dr-tb-1': {
    version: 'dr-tb-1',
    citation:
      'Suggested DR-TB default over the ladders of TB-MATE (Trials 2021, 05337-y) and the China trial (PLoS One 0232337); gates are the interruption limits of the WHO operational handbook, module 4 (tbksp 2485, 2508)',
    windowDays: 7,
    yellow: { missedInWindow: 2, consecutive: 2 },
    red: { missedInWindow: 4, consecutive: 3, criticalInWindow: 2 },
    gates: [7, 14, 28, 56],
    askAfter: { days: 3, critical: 1 },
  },
};
export const currentBandPolicy = 'dr-tb-1';

/** A dosing day as the bands see it. `critical`: bedaquiline loading or the first nine weeks of linezolid. */
export type BandDay = {
  readonly localDate: string;
  readonly statuses: readonly StatusKey[];
  readonly critical: boolean;
};

export type Band = {
  readonly band: 'none' | 'single' | 'yellow' | 'red';
  /** Which line of the policy says so. */
  readonly ruleId: 'none' | 'single' | '2-of-7' | '2-in-a-row' | '4-of-7' | '3-in-a-row' | '2-critical' | 'gate';
  /** The greatest gate that the run has reached, 0 for none. */
  readonly gate: number;
  readonly missedDates: readonly string[];
  readonly run: number;
  /** The newest miss lies in critical weeks: any miss matters now. */
  readonly critical: boolean;
  readonly policyVersion: string;
};

type Seen = 'taken' | 'missed' | 'unknown';

/**
 * Which band the days up to now put a patient in. Only misses that are known count: not-known days neither add to a run
 * nor end it (silence neither alarms nor hides), a day with a dose ends it. Held, away and pending days are passed over.
 */
export function band(days: readonly BandDay[], policy: BandPolicy, today: string): Band {
  const newestFirst = [...days].sort((a, b) => (a.localDate < b.localDate ? 1 : -1));
  const missed = newestFirst.filter((day) => seenAs(day) === 'missed');
  const newestKnown = newestFirst.find((day) => seenAs(day) !== undefined)?.localDate ?? today;
  const recent = missed.filter(
    (day) =>
      daysBetween(day.localDate, newestKnown) < policy.windowDays &&
      daysBetween(day.localDate, today) <= policy.windowDays,
  );
  const run = missedRun(newestFirst, (day) => seenAs(day) === 'taken');
  const withoutAnyDose = missedRun(newestFirst, tookSomething);
  const gate = [...policy.gates].reverse().find((days) => withoutAnyDose >= days) ?? 0;
  const criticalMisses = recent.filter((day) => day.critical).length;
  const verdict = rank(recent.length, run, gate, criticalMisses, policy);
  return {
    ...verdict,
    gate,
    run,
    missedDates: recent.map((day) => day.localDate).reverse(),
    critical: recent[0]?.critical ?? false,
    policyVersion: policy.version,
  };
}

function rank(
  missed: number,
  run: number,
  gate: number,
  critical: number,
  policy: BandPolicy,
): Pick<Band, 'band' | 'ruleId'> {
  if (gate > 0) return { band: 'red', ruleId: 'gate' };
  if (missed === 0) return { band: 'none', ruleId: 'none' };
  if (missed >= policy.red.missedInWindow) return { band: 'red', ruleId: '4-of-7' };
  if (run >= policy.red.consecutive) return { band: 'red', ruleId: '3-in-a-row' };
  if (critical >= policy.red.criticalInWindow) return { band: 'red', ruleId: '2-critical' };
  if (run >= policy.yellow.consecutive) return { band: 'yellow', ruleId: '2-in-a-row' };
  if (missed >= policy.yellow.missedInWindow) return { band: 'yellow', ruleId: '2-of-7' };
  return { band: 'single', ruleId: 'single' };
}

/** Missed days since the last day that ends a run. A band's run ends with a whole day taken, a gate's with any dose. */
function missedRun(newestFirst: readonly BandDay[], ends: (day: BandDay) => boolean): number {
  let run = 0;
  for (const day of newestFirst) {
    if (ends(day)) break;
    if (seenAs(day) === 'missed') run += 1;
  }
  return run;
}

function tookSomething(day: BandDay): boolean {
  return day.statuses.some((status) => status === 'seen' || status === 'opened' || status === 'said');
}

function seenAs(day: BandDay): Seen | undefined {
  const status = rollUp(day.statuses.filter((one) => one !== 'yet'));
  if (status === undefined || status === 'hold' || status === 'away') return undefined;
  if (status === 'missed' || status === 'shut') return 'missed';
  return status === 'waiting' || status === 'silent' ? 'unknown' : 'taken';
}

/**
 * Should somebody ask the patient: so many closed dosing days in a row of which nothing is known. Also for a patient
 * without a box. Days on which a box was merely not heard yet count like any other silence.
 */
export function shouldAsk(
  days: readonly BandDay[],
  policy: BandPolicy,
): { readonly ask: boolean; readonly dates: readonly string[] } {
  const dates: string[] = [];
  let critical = false;
  for (const day of [...days].sort((a, b) => (a.localDate < b.localDate ? 1 : -1))) {
    const seen = seenAs(day);
    if (seen === undefined) continue;
    if (seen !== 'unknown') break;
    dates.unshift(day.localDate);
    critical = critical || day.critical;
  }
  return { ask: dates.length >= (critical ? policy.askAfter.critical : policy.askAfter.days), dates };
}
