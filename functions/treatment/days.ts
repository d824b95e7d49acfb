import { invalid } from '../shared/refusal.ts';
import { addDays, daysBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Day } from './day-item.ts';
import { dayView, type Reader, staffReader } from './day-view.ts';
import { dayAsKnownAt } from './derive-day.ts';
import type { Away } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { emptyDay, plannedDay } from './planned-day.ts';
import { readAways, readDays, readPlans } from './store.ts';
import type { DayView, KnewAtView } from './view-shapes.ts';

export const longestDays = 62;

/** A stretch of days with the plan of each; days of which nothing is stored are what the plan says. */
export type DaysRead = { readonly day: Day; readonly plan: MedicationPlan };

/** The dosing days between two dates, both inclusive, as they stand now. */
export async function days(
  tools: Tools,
  patientId: string,
  from: string,
  to: string,
  reader: Reader = staffReader,
): Promise<DayView[]> {
  const read = await readStretch(tools, patientId, from, to);
  return read.map(({ day, plan }) => dayView(day, plan, tools.now(), reader));
}

/** The same days as they stood when only what had reached us by `at` was known, plan and aways included. */
export async function knewAt(
  tools: Tools,
  patientId: string,
  { at, from, to }: { at: string; from: string; to: string },
): Promise<KnewAtView> {
  const read = await readStretch(tools, patientId, from, to);
  const views = read.flatMap(({ day, plan }) => {
    const known = planAsKnownAt(plan, at);
    if (!known) return [];
    return [dayView({ ...day, facts: dayAsKnownAt(day.facts, at) }, known, at, staffReader)];
  });
  return { at, days: views };
}

export async function readStretch(tools: Tools, patientId: string, from: string, to: string): Promise<DaysRead[]> {
  if (to < from || daysBetween(from, to) > longestDays)
    throw invalid('/query/to', `Ask for at most ${longestDays} days.`);
  const [stored, plans, aways] = await Promise.all([
    readDays(tools, patientId, from, to),
    readPlans(tools, patientId),
    readAways(tools, patientId),
  ]);
  return stretchOf(stored, plans, aways, from, to);
}

export function stretchOf(
  stored: readonly Day[],
  plans: readonly MedicationPlan[],
  aways: readonly Away[],
  from: string,
  to: string,
): DaysRead[] {
  const byDate = new Map(stored.map((day) => [day.facts.localDate, day]));
  const newestFirst = [...plans].sort((a, b) => (a.start < b.start ? 1 : -1));
  const found: DaysRead[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const plan = newestFirst.find((one) => one.start <= date) ?? (byDate.has(date) ? newestFirst.at(-1) : undefined);
    if (plan) found.push({ plan, day: byDate.get(date) ?? emptyDay(plan.planId, plannedDay(plan, date, aways)) });
  }
  return found;
}

/** A plan without what was written after an instant; undefined before it was first written. */
function planAsKnownAt(plan: MedicationPlan, at: string): MedicationPlan | undefined {
  const versions = plan.versions.filter((version) => version.authoredOn <= at);
  if (versions.length === 0) return undefined;
  const { stopped, ...rest } = plan;
  return {
    ...rest,
    versions,
    holds: plan.holds.filter((hold) => hold.at <= at),
    refills: plan.refills.filter((refill) => refill.at <= at),
    ...(stopped && stopped.at <= at && { stopped }),
  };
}
