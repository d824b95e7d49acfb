import { notFound, Refusal } from '../shared/refusal.ts';
import type { Entry } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { afterPlanChange } from './after-plan-change.ts';
import { changedPlan, heldPlan, newPlan, resumedPlan } from './plan-changes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { readCard, readPlan, writePlan } from './store.ts';
import type { HoldInput, PlanChangeInput, PlanInput, ResumeInput } from './view-shapes.ts';

/** Which plan, and the version that the prescriber had on the screen. */
export type PlanRef = {
  readonly patientId: string;
  readonly planId: string;
  readonly version: number;
  readonly author: string;
};

/**
 * Prescribes. One plan at a time: a second is refused until the first is stopped or completed. The same plan id again
 * answers what stands there. `firstWhile`: only as the patient's first plan, and while these hold.
 */
export async function createPlan(
  tools: Tools,
  {
    patientId,
    author,
    input,
    firstWhile,
  }: { patientId: string; author: string; input: PlanInput; firstWhile?: readonly Entry[] },
): Promise<MedicationPlan> {
  const plan = newPlan(patientId, input, author, tools.now());
  const card = await readCard(tools, patientId);
  if (card?.plan.planId === plan.planId) return card.plan;
  if (card && !hasEnded(card.plan))
    throw new Refusal('conflict', 'plan-running', 'This patient has a plan. Change it, or stop it first.');
  if (card && firstWhile) throw treatmentEnded();
  const lastDay = card?.plan.stopped?.on;
  if (lastDay !== undefined && plan.start <= lastDay)
    throw new Refusal('conflict', 'plans-overlap', `The plan before held until ${lastDay}.`);
  if ((await writePlan(tools, plan, card, plan.start, firstWhile)) === 'conflict')
    throw new Refusal('conflict', 'plan-running', 'Somebody else has just prescribed.');
  await afterPlanChange(tools, patientId);
  return { ...plan, version: 1 };
}

/** A new version from a date on. */
export async function changePlan(tools: Tools, ref: PlanRef, input: PlanChangeInput): Promise<MedicationPlan> {
  return await revisePlan(tools, ref, input.from, (plan) => changedPlan(plan, input, ref.author, tools.now()));
}

/** Pauses the whole plan or single drugs. */
export async function holdPlan(tools: Tools, ref: PlanRef, input: HoldInput): Promise<MedicationPlan> {
  return await revisePlan(tools, ref, input.from, (plan) => heldPlan(plan, input, ref.author, tools.now()));
}

export async function resumePlan(tools: Tools, ref: PlanRef, input: ResumeInput): Promise<MedicationPlan> {
  return await revisePlan(tools, ref, input.on, (plan) => resumedPlan(plan, input, tools.now()));
}

/**
 * Changes the running plan by a pure function, only over the version that was seen; then what is stored already follows
 * it. An ended plan does not change any more.
 */
export async function revisePlan(
  tools: Tools,
  ref: PlanRef,
  from: string,
  change: (plan: MedicationPlan) => MedicationPlan,
): Promise<MedicationPlan> {
  const card = await readCard(tools, ref.patientId);
  if (card?.plan.planId !== ref.planId) {
    if (await readPlan(tools, ref.patientId, ref.planId)) throw treatmentEnded();
    throw notFound('plan');
  }
  if (hasEnded(card.plan)) throw treatmentEnded();
  if (card.plan.version !== ref.version) throw stale();
  const plan = change(card.plan);
  if (plan === card.plan) return plan;
  if ((await writePlan(tools, plan, card, from)) === 'conflict') throw stale();
  await afterPlanChange(tools, ref.patientId);
  return { ...plan, version: plan.version + 1 };
}

export function hasEnded(plan: MedicationPlan): boolean {
  return plan.status === 'completed' || plan.status === 'stopped';
}

export function treatmentEnded(): Refusal {
  return new Refusal('conflict', 'treatment-ended', 'This treatment has ended.');
}

function stale(): Refusal {
  return new Refusal('stale', 'plan-changed', 'The plan was changed meanwhile. Look again.');
}
