import { audit } from '../shared/audit.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { stoppedPlan } from './plan-changes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { type PlanRef, revisePlan } from './revise-plan.ts';
import type { StopInput } from './view-shapes.ts';

/**
 * Ends treatment. One conditional write is the end of everything that is pending: due work, reminders, alerts and messages
 * read the plan's status before they do anything, so what is queued becomes nothing. Alerts and the box hear of it by the
 * plan's change. A second stop is refused.
 */
export async function stopTreatment(tools: Tools, ref: PlanRef, input: StopInput): Promise<MedicationPlan> {
  // Today may still be yesterday where the patient lives.
  const from = input.on ?? addDays(tools.now().slice(0, 10), -1);
  const plan = await revisePlan(tools, ref, from, (before) => stoppedPlan(before, input, ref.author, tools.now()));
  await audit(tools, {
    subjectId: ref.patientId,
    actorId: ref.author,
    action: 'stop treatment',
    outcome: 'allowed',
    why: 'care team',
    reason: input.reason,
  });
  return plan;
}
