import { addDays, addSeconds } from '../shared/time.ts';
import { dosingDateOf, slotsOn } from './dose-slot.ts';
import type { PlanFacts } from './schedule.ts';

export type DuePolicy = {
  readonly version: string;
  /** A second reminder goes so long after the first, and only when the box is live and stayed shut. */
  readonly remindAgainMinutes: number;
};

const currentDuePolicy: DuePolicy = { version: 'r1', remindAgainMinutes: 120 };

/** What must happen at which instant for a slot. Each is idempotent by slot and step. */
export type DueStep = {
  readonly at: string;
  readonly step: 'remind' | 'remind-again' | 'close';
  readonly slotId: string;
  readonly localDate: string;
  readonly slot: string;
};

/**
 * The steps that fall in `from < at ≤ to`, in order of time. A stopped plan has none; a held slot has none. A second
 * reminder that would come after the slot has closed is left out.
 */
export function dueBetween(plan: PlanFacts, from: string, to: string, policy: DuePolicy = currentDuePolicy): DueStep[] {
  const steps: DueStep[] = [];
  const last = dosingDateOf(plan, to);
  for (let date = dosingDateOf(plan, addSeconds(from, -1)); date <= last; date = addDays(date, 1)) {
    for (const slot of slotsOn(plan, date)) {
      if (slot.held) continue;
      const of = { slotId: slot.slotId, localDate: date, slot: slot.name };
      const again = addSeconds(slot.plannedAt, policy.remindAgainMinutes * 60);
      steps.push({ at: slot.plannedAt, step: 'remind', ...of });
      if (again < slot.closesAt) steps.push({ at: again, step: 'remind-again', ...of });
      steps.push({ at: slot.closesAt, step: 'close', ...of });
    }
  }
  return steps
    .filter((step) => from < step.at && step.at <= to)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
