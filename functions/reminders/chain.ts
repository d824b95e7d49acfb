import { addSeconds } from '../shared/time.ts';
import type { StatusKey } from '../treatment/dose-status.ts';
import { type DueStep, dueBetween } from '../treatment/due-steps.ts';
import type { PlanFacts } from '../treatment/schedule.ts';
import type { Situation } from '../treatment/situation.ts';
import type { Due } from './due.ts';

const answered: readonly StatusKey[] = ['seen', 'opened', 'said', 'hold', 'away'];
/** Further ahead nothing is planned; the nightly look begins such a chain again. */
const lookAheadDays = 31;

/**
 * One piece of due work waits per patient: the next instant at which something is left to do. Doing it plans the one after.
 * A slot that is answered needs no second reminder and no closing, so an ordinary dose costs one timer.
 */
export function nextSteps(plan: PlanFacts, after: string, isAnswered: (slotId: string) => boolean): DueStep[] {
  let from = after;
  for (let day = 0; day < lookAheadDays; day++) {
    const to = addSeconds(from, 24 * 3600);
    const steps = dueBetween(plan, from, to).filter((step) => !isAnswered(step.slotId));
    const first = steps[0];
    if (first) return steps.filter((step) => step.at === first.at);
    from = to;
  }
  return [];
}

/** Which slots need nothing more, by what is known now. */
export function answeredSlots(now: Situation): (slotId: string) => boolean {
  const ids = new Set(
    now.days.flatMap((day) =>
      day.slots
        .filter((slot) => answered.includes(slot.status))
        .map((slot) => `${now.plan.planId}/${day.localDate}/${slot.name}`),
    ),
  );
  return (slotId) => ids.has(slotId);
}

/** Does the plan as it is now still ask for this step at this instant; a changed plan has its own. */
export function isPlanned(
  plan: PlanFacts,
  step: { at: string; step: string; localDate: string; slot: string },
): boolean {
  return dueBetween(plan, addSeconds(step.at, -1), step.at).some(
    (one) => one.step === step.step && one.localDate === step.localDate && one.slot === step.slot,
  );
}

export function dueOf(patientId: string, planId: string, { at, step, slotId, localDate, slot }: DueStep): Due {
  return { at, ref: slotId, work: { step, patientId, planId, localDate, slot } };
}
