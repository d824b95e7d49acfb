import * as z from 'zod/mini';
import { daysBetween } from '../shared/time.ts';
import { doseStatuses } from '../treatment/dose-status.ts';
import { type CaseRow, CaseSlot } from './contract.ts';

/** The slots of a dosing day to come, so that a list can turn the page at its beginning without a write. */
const DayAhead = z.object({ localDate: z.string(), startsAt: z.string(), slots: z.array(CaseSlot) });
export type DayAhead = z.infer<typeof DayAhead>;

/** One patient of a caseload, as projected: below 1 kB. `days28` ends at `localDate`. */
export const Case = z.object({
  patientId: z.string(),
  teamId: z.string(),
  code: z.string(),
  name: z.string(),
  phone: z.optional(z.string()),
  localDate: z.optional(z.string()),
  slots: z.array(CaseSlot),
  days28: z.string(),
  ahead: z.array(DayAhead),
  box: z.optional(z.object({ boxId: z.string() })),
  plan: z.optional(z.object({ planId: z.string(), title: z.string(), status: z.string() })),
  runsOutOn: z.optional(z.string()),
  away: z.optional(z.string()),
  updatedAt: z.string(),
});
export type Case = z.infer<typeof Case>;

/**
 * The row as it stands at an instant: when its dosing day is over the next one has begun, with nothing known of it yet,
 * and what was still open yesterday is waiting for news.
 */
export function caseAt(row: Case, now: string): CaseRow {
  const { ahead, ...rest } = row;
  const begun = ahead.filter((day) => day.startsAt <= now).at(-1);
  const slots = (begun?.slots ?? row.slots).map((slot) => slotAt(slot, now));
  if (!begun || row.localDate === undefined) return { ...rest, slots };
  const passed = daysBetween(row.localDate, begun.localDate);
  const settled = row.days28.replaceAll(doseStatuses.yet.letter, doseStatuses.waiting.letter);
  const between = ahead.filter((day) => day.localDate < begun.localDate);
  const letters = Array.from({ length: passed }, (_, index) => {
    const day = index === passed - 1 ? begun : between[index];
    if (!day || day.slots.length === 0) return '-';
    return day === begun ? doseStatuses.yet.letter : doseStatuses.waiting.letter;
  });
  return { ...rest, localDate: begun.localDate, slots, days28: (settled + letters.join('')).slice(-28) };
}

/** A window that has closed without news waits for it. */
function slotAt(slot: CaseSlot, now: string): CaseSlot {
  return slot.status === 'yet' && slot.closesAt <= now ? { ...slot, status: 'waiting' } : slot;
}

/**
 * A stored row needs no write when it shows the same as a fresh one now, and tomorrow too: only what happened is written,
 * never that a day began or a window closed.
 */
export function showsTheSame(stored: Case, fresh: Case, now: string): boolean {
  const shown = (row: Case) => JSON.stringify(z.parse(Case, { ...caseAt(row, now), ahead: [], updatedAt: '' }));
  const knows = (day: DayAhead) => {
    const known = stored.ahead.find((one) => one.localDate === day.localDate);
    return known === undefined ? day !== fresh.ahead[0] : JSON.stringify(known) === JSON.stringify(day);
  };
  return shown(stored) === shown(fresh) && fresh.ahead.every(knows);
}

/** A dose of this row is open at this instant and nobody and nothing has answered for it. */
export function isNotYet(row: CaseRow, now: string): boolean {
  return row.slots.some((slot) => slot.status === 'yet' && now < slot.closesAt);
}

/** The search of a caseload: the beginning of any word of the name, or of the code with or without hyphens. */
export function fits(row: Pick<CaseRow, 'name' | 'code'>, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const code = row.code.toLocaleLowerCase();
  if (code.includes(wanted) || code.replaceAll('-', '').includes(wanted.replaceAll('-', ''))) return true;
  return ` ${row.name.toLocaleLowerCase()}`.includes(` ${wanted}`);
}
