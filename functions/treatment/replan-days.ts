import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeOneOfMany } from './change-day.ts';
import type { Day } from './day-item.ts';
import { furthestAheadDays } from './plan-dates.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { replannedDay } from './planned-day.ts';
import { readAways, readDays, readPlans } from './store.ts';
import { firstOfNext, monthIsOver, summariseMonth } from './summarise-month.ts';

/** A change of long ago touches hundreds of days; so many at once fit in a request without crowding the table. */
const atOnce = 12;

/**
 * After a plan or an away changed: the days that are stored already, from a date on, follow it, and the months before this
 * one. Days of which nothing is stored need nothing else.
 */
export async function replanDays(tools: Tools, patientId: string, from: string): Promise<readonly string[]> {
  const last = addDays(tools.now().slice(0, 10), furthestAheadDays + 1);
  const [stored, plans, aways] = await Promise.all([
    readDays(tools, patientId, from, last, { consistent: true }),
    readPlans(tools, patientId),
    readAways(tools, patientId),
  ]);
  const follow = (day: Day): Day | undefined => {
    const plan = planOn(plans, day.facts.localDate);
    if (!plan) return undefined;
    const facts = replannedDay(day.facts, plan, aways, tools.now());
    return JSON.stringify(facts) === JSON.stringify(day.facts) ? undefined : { ...day, planId: plan.planId, facts };
  };
  const replanned: string[] = [];
  await eachOf(stored.filter(follow), async ({ facts: { localDate } }) => {
    const changed = await changeOneOfMany(tools, patientId, localDate, follow);
    if (changed !== 'no-plan' && changed.outcome === 'changed') replanned.push(localDate);
  });
  const months = monthsBehind(from, plans.at(-1)?.start ?? from, tools.now());
  await eachOf(months, async (month) => void (await summariseMonth(tools, { patientId, month })));
  return replanned.sort();
}

/** Newest first: the one that had begun, else the current one. */
function planOn(plans: readonly MedicationPlan[], localDate: string): MedicationPlan | undefined {
  return plans.find(({ start }) => start <= localDate) ?? plans[0];
}

/** The months that are over, from the one of a date on, none before the first plan's. */
function monthsBehind(from: string, start: string, now: string): string[] {
  const months: string[] = [];
  let month = (from < start ? start : from).slice(0, 7);
  for (; monthIsOver(month, now); month = firstOfNext(month).slice(0, 7)) months.push(month);
  return months;
}

async function eachOf<One>(all: readonly One[], act: (one: One) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += atOnce) await Promise.all(all.slice(at, at + atOnce).map(act));
}
