import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';
import { dependsOnBox } from './close-slot.ts';
import { type DayFacts, deriveDay } from './derive-day.ts';
import { dosingDateOf, slotsOn } from './dose-slot.ts';
import type { PlanFacts } from './schedule.ts';
import { readDaysAndCard } from './store.ts';
import { type Witness, withWitness } from './witness.ts';

export type BoxHeard = {
  readonly patientId: string;
  readonly witness: Witness;
  /** How far the box had spoken before this: earlier days cannot change. A fortnight back when absent. */
  readonly since?: string;
};

export type BoxHeardOutcome = {
  /** The dosing days whose statuses changed. */
  readonly changed: readonly string[];
  /** There is nothing to learn from this box for doses until it has spoken past this instant. */
  readonly nextWindowEnd?: string;
};

/**
 * A box has spoken: derives again the days whose slots hang on it, and writes only those whose statuses change. A
 * heartbeat of a patient who takes every dose writes nothing.
 */
export async function boxHeard(tools: Tools, { patientId, witness, since }: BoxHeard): Promise<BoxHeardOutcome> {
  const now = tools.now();
  const from = addDays((since ?? now).slice(0, 10), since === undefined ? -15 : -2);
  const { days, card } = await readDaysAndCard(tools, patientId, from);
  const changed: string[] = [];
  for (const { facts } of days) {
    if (!changesStatus(facts, witness, now)) continue;
    const outcome = await changeDay(tools, patientId, facts.localDate, (day) =>
      changesStatus(day.facts, witness, now) ? { ...day, facts: withWitness(day.facts, witness) } : undefined,
    );
    if (outcome !== 'no-plan' && outcome.outcome === 'changed') changed.push(facts.localDate);
  }
  const heardThrough = witness.reports
    .map((report) => report.heardThrough)
    .sort()
    .at(-1);
  const nextWindowEnd = card && heardThrough !== undefined ? windowEndAfter(card.plan, heardThrough) : undefined;
  return { changed, ...(nextWindowEnd !== undefined && { nextWindowEnd }) };
}

function changesStatus(facts: DayFacts, witness: Witness, now: string): boolean {
  const before = deriveDay(facts, now).slots;
  if (!before.some((slot) => dependsOnBox(slot.status))) return false;
  const after = deriveDay(withWitness(facts, witness), now).slots;
  return before.some((slot, index) => slot.status !== after[index]?.status || slot.detail !== after[index]?.detail);
}

/** The first end of a window after an instant, within a week. */
function windowEndAfter(plan: PlanFacts, instant: string): string | undefined {
  const first = dosingDateOf(plan, instant);
  for (let day = 0; day < 8; day++) {
    const slot = slotsOn(plan, addDays(first, day)).find((one) => one.closesAt > instant && one.inBox && !one.held);
    if (slot) return slot.closesAt;
  }
  return undefined;
}
