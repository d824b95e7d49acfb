import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeDay, planFor } from './change-day.ts';
import { replannedDay } from './planned-day.ts';
import { readDays } from './store.ts';

/** How far ahead days may be stored: pocket doses are declared at most so long before. */
export const furthestAheadDays = 62;

/**
 * After a plan or an away changed: the days that are stored already, from a date on, follow it. Days of which nothing is
 * stored need nothing.
 */
export async function replanDays(tools: Tools, patientId: string, from: string): Promise<readonly string[]> {
  const last = addDays(tools.now().slice(0, 10), furthestAheadDays + 1);
  const replanned: string[] = [];
  for (const { facts } of await readDays(tools, patientId, from, last)) {
    const known = await planFor(tools, patientId, facts.localDate);
    if (!known) continue;
    const changed = await changeDay(tools, patientId, facts.localDate, (day) => {
      const next = replannedDay(day.facts, known.plan, known.aways, tools.now());
      return JSON.stringify(next) === JSON.stringify(day.facts)
        ? undefined
        : { ...day, planId: known.plan.planId, facts: next };
    });
    if (changed !== 'no-plan' && changed.outcome === 'changed') replanned.push(facts.localDate);
  }
  return replanned;
}
