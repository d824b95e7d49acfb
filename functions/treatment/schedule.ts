import { addDays, daysBetween } from '../shared/time.ts';
import type { CriticalPeriod, DosageStep, Drug, Hold, MedicationPlan, PlanVersion, Repeat } from './plan-shapes.ts';

/** What the schedule rules need of a plan. */
export type PlanFacts = Pick<
  MedicationPlan,
  'planId' | 'start' | 'end' | 'phases' | 'versions' | 'holds' | 'refills' | 'stopped'
>;

/** Pills of one medicine that are due in one slot of one dosing day. */
export type DrugDose = {
  readonly medicine: string;
  readonly slot: string;
  readonly count: number;
  readonly inBox: boolean;
  readonly critical?: CriticalPeriod;
  readonly held: boolean;
};

/** The version of the plan that holds on a dosing day; before the first one's start, the first. */
export function versionOn(plan: Pick<PlanFacts, 'versions'>, localDate: string): PlanVersion {
  const first = plan.versions[0];
  if (first === undefined) throw new Error('a plan has at least one version');
  let found = first;
  for (const version of plan.versions) {
    if (
      version.from <= localDate &&
      (version.from > found.from || (version.from === found.from && version.n > found.n))
    )
      found = version;
  }
  return found;
}

/** Is the plan prescribed on this dosing day: begun, not ended, not stopped before. */
export function isPrescribedOn(plan: Pick<PlanFacts, 'start' | 'end' | 'stopped'>, localDate: string): boolean {
  if (localDate < plan.start) return false;
  if (plan.end !== undefined && localDate > plan.end) return false;
  return plan.stopped === undefined || localDate <= plan.stopped.on;
}

/** All doses of a dosing day, held ones marked. Steps and every-other-day count from the drug's own first day. */
export function dosesOn(plan: PlanFacts, localDate: string): DrugDose[] {
  if (!isPrescribedOn(plan, localDate)) return [];
  return versionOn(plan, localDate).drugs.flatMap((drug) => {
    const step = stepOn(drug, drugStart(plan, drug), localDate);
    if (!step) return [];
    const held = holdOn(plan.holds, localDate, drug.medicine) !== undefined;
    return step.doses.map((dose) => ({
      medicine: drug.medicine,
      slot: dose.slot,
      count: dose.count,
      inBox: drug.inBox,
      held,
      ...(step.critical && { critical: step.critical }),
    }));
  });
}

/** The first dosing day of a drug; its steps count from here. */
export function drugStart(plan: Pick<PlanFacts, 'start'>, drug: Drug): string {
  return drug.start ?? addDays(plan.start, drug.startsAfterDays ?? 0);
}

/** The line of a drug's schedule that is due on this dosing day, if any. */
export function stepOn(drug: Drug, start: string, localDate: string): DosageStep | undefined {
  if (localDate < start || (drug.end !== undefined && localDate > drug.end)) return undefined;
  const day = daysBetween(start, localDate);
  let before = 0;
  for (const step of drug.steps) {
    if (step.days === undefined || day < before + step.days) {
      return isDue(step.repeat, day, localDate) ? step : undefined;
    }
    before += step.days;
  }
  return undefined;
}

function isDue(repeat: Repeat, day: number, localDate: string): boolean {
  if (repeat.kind === 'daily') return true;
  if (repeat.kind === 'every-other-day') return day % 2 === 0;
  return repeat.weekdays.includes(isoWeekday(localDate));
}

/** Monday is 1. */
function isoWeekday(localDate: string): number {
  return new Date(`${localDate}T00:00:00Z`).getUTCDay() || 7;
}

/** The hold that stops this drug (or, without a drug, the whole plan) on this dosing day. */
export function holdOn(holds: readonly Hold[], localDate: string, medicine?: string): Hold | undefined {
  return holds.find(
    (hold) =>
      hold.from <= localDate &&
      (hold.to === undefined || localDate <= hold.to) &&
      (hold.drugs === undefined || (medicine !== undefined && hold.drugs.includes(medicine))),
  );
}

/** The phase of a dosing day. An open last phase has no `to`. */
export function phaseOn(
  plan: Pick<PlanFacts, 'start' | 'phases'>,
  localDate: string,
): { name: string; from: string; to?: string } | undefined {
  let from = plan.start;
  for (const phase of plan.phases) {
    if (phase.days === undefined) return { name: phase.name, from };
    const to = addDays(from, phase.days - 1);
    if (localDate <= to) return { name: phase.name, from, to };
    from = addDays(to, 1);
  }
  return undefined;
}
