import type * as z from 'zod/mini';
import { addDays } from '../shared/time.ts';
import { doseStatuses, type StatusKey } from './dose-status.ts';
import { rollUp } from './roll-up.ts';
import type { AdherenceNumbers, DayTally } from './view-shapes.ts';

export const adherencePolicyVersion = 'a1';

/** One dosing day's slot statuses. */
export type DayStatuses = { readonly localDate: string; readonly statuses: readonly StatusKey[] };

/**
 * Three numbers, never one (domain 2.8): observed ⊆ supported ⊆ claimed. Held slots leave the denominator; not-known ones
 * stay in it and stay visible; a slot that is still open is in neither.
 */
export function adherence(days: readonly DayStatuses[]): AdherenceNumbers {
  const numbers = { due: 0, observed: 0, supported: 0, claimed: 0, notKnown: 0, notOpened: 0, missed: 0, held: 0 };
  for (const status of days.flatMap((day) => day.statuses)) {
    const countsAs = doseStatuses[status].countsAs;
    if (countsAs === 'pending') continue;
    if (countsAs === 'excused') {
      numbers.held += 1;
      continue;
    }
    numbers.due += 1;
    if (countsAs === 'not-known') numbers.notKnown += 1;
    else if (countsAs === 'not-opened') numbers.notOpened += 1;
    else if (countsAs === 'missed') numbers.missed += 1;
    else {
      numbers.claimed += 1;
      if (countsAs !== 'claimed') numbers.supported += 1;
      if (countsAs === 'observed') numbers.observed += 1;
    }
  }
  return numbers;
}

/** Whole days between two dates, both inclusive. */
export function within(days: readonly DayStatuses[], from: string, to: string): DayStatuses[] {
  return days.filter((day) => from <= day.localDate && day.localDate <= to);
}

/** The last `length` complete dosing days: today is not over, so it is in no number. */
export function lastDays(days: readonly DayStatuses[], today: string, length: number): DayStatuses[] {
  return within(days, addDays(today, -length), addDays(today, -1));
}

/** The patient's sentence "taken 16 of 28, not known 12". Held days and days without a dose are not in it. */
export function tally(days: readonly DayStatuses[]): z.infer<typeof DayTally> {
  const counts = { days: 0, taken: 0, notKnown: 0, notTaken: 0 };
  for (const day of days) {
    const status = rollUp(day.statuses);
    if (status === undefined || status === 'hold' || status === 'yet') continue;
    counts.days += 1;
    if (status === 'missed') counts.notTaken += 1;
    else if (status === 'seen' || status === 'opened' || status === 'said') counts.taken += 1;
    else counts.notKnown += 1;
  }
  return counts;
}
