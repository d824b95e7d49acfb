import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Day } from './day-item.ts';
import { type DerivedDay, deriveDay } from './derive-day.ts';
import type { Away } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { emptyDay, plannedDay } from './planned-day.ts';
import { readAways, readCard, readDay, readDaysAndCard, readPlans, writeDay } from './store.ts';
import { summariseMonthOf } from './summarise-month.ts';

export type ChangedDay = {
  readonly outcome: 'changed' | 'unchanged';
  readonly day: Day;
  readonly derived: DerivedDay;
};

const attempts = 8;

/**
 * The one way in which a day changes: read consistently, changed by a pure function, derived again, and written only over
 * the version that was read. Whoever loses that race reads again, so evidence and status can never disagree and a repeat
 * changes nothing. `change` answers undefined when there is nothing to change.
 */
export async function changeDay(
  tools: Tools,
  patientId: string,
  localDate: string,
  change: (day: Day) => Day | undefined,
): Promise<ChangedDay | 'no-plan'> {
  const changed = await changeOneOfMany(tools, patientId, localDate, change);
  if (changed !== 'no-plan' && changed.outcome === 'changed') await summariseMonthOf(tools, patientId, localDate);
  return changed;
}

/** As `changeDay`, for whoever changes many days and summarises their months once. */
export async function changeOneOfMany(
  tools: Tools,
  patientId: string,
  localDate: string,
  change: (day: Day) => Day | undefined,
): Promise<ChangedDay | 'no-plan'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const day = await loadDay(tools, patientId, localDate);
    if (!day) return 'no-plan';
    const changed = change(day);
    const now = tools.now();
    if (!changed) return { outcome: 'unchanged', day, derived: deriveDay(day.facts, now) };
    const derived = deriveDay(changed.facts, now);
    if ((await writeDay(tools, patientId, changed, derived)) === 'stored')
      return { outcome: 'changed', day: { ...changed, version: changed.version + 1 }, derived };
    await new Promise((done) => setTimeout(done, 10 * 2 ** attempt * (0.5 + Math.random())));
  }
  throw new Error('a day changed too often to be written');
}

/** The stored day, or what the plan says of a day of which nothing is stored yet. */
export async function loadDay(tools: Tools, patientId: string, localDate: string): Promise<Day | undefined> {
  if (localDate >= addDays(tools.now().slice(0, 10), -recentDays)) return await loadRecent(tools, patientId, localDate);
  const stored = await readDay(tools, patientId, localDate);
  return stored ?? (await newDay(tools, patientId, localDate));
}

/** Of these few days and the card behind them one query costs no more than one day alone. */
const recentDays = 2;

async function loadRecent(tools: Tools, patientId: string, localDate: string): Promise<Day | undefined> {
  const { days, card } = await readDaysAndCard(tools, patientId, localDate, { consistent: true });
  const stored = days.find((day) => day.facts.localDate === localDate);
  if (stored) return stored;
  if (!card || card.plan.start > localDate || needsOlder(card.aways)) return await newDay(tools, patientId, localDate);
  return emptyDay(card.plan.planId, plannedDay(card.plan, localDate, card.aways));
}

async function newDay(tools: Tools, patientId: string, localDate: string): Promise<Day | undefined> {
  const known = await planFor(tools, patientId, localDate);
  return known && emptyDay(known.plan.planId, plannedDay(known.plan, localDate, known.aways));
}

/** The plan that is current on a date, with the aways of that time. A date that no plan covers gets the current one. */
export async function planFor(
  tools: Tools,
  patientId: string,
  localDate: string,
): Promise<{ plan: MedicationPlan; aways: Away[] } | undefined> {
  const card = await readCard(tools, patientId);
  if (!card || card.plan.start <= localDate) {
    return card && { plan: card.plan, aways: needsOlder(card.aways) ? await readAways(tools, patientId) : card.aways };
  }
  const plans = await readPlans(tools, patientId);
  const plan = plans.find(({ start }) => start <= localDate) ?? card.plan;
  return { plan, aways: await readAways(tools, patientId) };
}

/** The card keeps as many aways as are listed here; a full list may hide older ones. */
export const awaysOnCard = 6;

function needsOlder(aways: readonly Away[]): boolean {
  return aways.length >= awaysOnCard;
}
