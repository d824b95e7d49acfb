import type { Tools } from '../shared/tools.ts';
import type { Day } from './day-item.ts';
import { type DerivedDay, deriveDay } from './derive-day.ts';
import type { Away } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { emptyDay, plannedDay } from './planned-day.ts';
import { type Card, readAways, readCard, readDay, readPlans, writeDay } from './store.ts';
import { summariseMonthOf } from './summarise-month.ts';

export type ChangedDay = {
  readonly outcome: 'changed' | 'unchanged';
  readonly day: Day;
  readonly derived: DerivedDay;
};

type Change = (day: Day, current: MedicationPlan | undefined) => Day | undefined;

const attempts = 8;

/**
 * The one way in which a day changes: read consistently, changed by a pure function, derived again, and written only over
 * the version that was read. Whoever loses that race reads again, so evidence and status can never disagree and a repeat
 * changes nothing. `change` answers undefined when there is nothing to change; it hears the current plan too, as it was
 * read with the day.
 */
export async function changeDay(
  tools: Tools,
  patientId: string,
  localDate: string,
  change: Change,
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
  change: Change,
): Promise<ChangedDay | 'no-plan'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const loaded = await load(tools, patientId, localDate);
    if (!loaded) return 'no-plan';
    const { day, current } = loaded;
    const changed = change(day, current);
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
  return (await load(tools, patientId, localDate))?.day;
}

async function load(tools: Tools, patientId: string, localDate: string) {
  const [stored, card] = await Promise.all([readDay(tools, patientId, localDate), readCard(tools, patientId)]);
  const day = stored ?? (await newDay(tools, patientId, localDate, card));
  return day && { day, current: card?.plan };
}

async function newDay(tools: Tools, patientId: string, localDate: string, card: Card | undefined) {
  const known = await planOf(tools, patientId, localDate, card);
  return known && emptyDay(known.plan.planId, plannedDay(known.plan, localDate, known.aways));
}

type Known = { readonly plan: MedicationPlan; readonly aways: readonly Away[] };

/** The plan that is current on a date, with the aways of that time. A date that no plan covers gets the current one. */
export async function planFor(tools: Tools, patientId: string, localDate: string): Promise<Known | undefined> {
  return await planOf(tools, patientId, localDate, await readCard(tools, patientId));
}

async function planOf(
  tools: Tools,
  patientId: string,
  localDate: string,
  card: Card | undefined,
): Promise<Known | undefined> {
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
