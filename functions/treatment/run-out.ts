import { addDays, daysBetween } from '../shared/time.ts';
import { dosesOn, type PlanFacts } from './schedule.ts';

/** Nobody is given pills for longer than this at once. */
const furthestDays = 400;

export type RunOut = { readonly medicine: string; readonly localDate: string };

/**
 * For each medicine the first dosing day that the pills given at the last refill (counted plus given) do not cover.
 * Held doses are not taken out of the box. A plan that ends first runs out of nothing.
 */
function runOuts(plan: PlanFacts): RunOut[] {
  const refill = [...plan.refills].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (!refill) return [];
  const left = new Map<string, number>();
  for (const { medicine, pills } of [...refill.counted, ...refill.given])
    left.set(medicine, (left.get(medicine) ?? 0) + pills);
  const out: RunOut[] = [];
  for (let day = 0; day < furthestDays && left.size > 0; day++) {
    const localDate = addDays(refill.localDate, day);
    for (const dose of dosesOn(plan, localDate)) {
      const pills = left.get(dose.medicine);
      if (pills === undefined || dose.held) continue;
      if (pills >= dose.count) left.set(dose.medicine, pills - dose.count);
      else {
        out.push({ medicine: dose.medicine, localDate });
        left.delete(dose.medicine);
      }
    }
  }
  return out;
}

/** The first dosing day without all its pills; undefined when the pills last to the plan's end. */
export function runsOutOn(plan: PlanFacts): string | undefined {
  return runOuts(plan)
    .map((one) => one.localDate)
    .sort()[0];
}

/** On the worklist three days before. */
export function isRunningOut(runsOut: string | undefined, today: string, withinDays = 3): boolean {
  return runsOut !== undefined && daysBetween(today, runsOut) <= withinDays;
}
