import { addDays, daysBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { DayStatuses } from './adherence.ts';
import { bandPolicies, currentBandPolicy } from './bands.ts';
import { statusesOf } from './course.ts';
import { days } from './days.ts';
import { dosingDateOf } from './dose-slot.ts';
import { doseStatuses } from './dose-status.ts';
import { type Interruption, interruptionAdvice } from './interruption.ts';
import type { InterruptionView } from './interruption-shapes.ts';
import { medicineOf } from './medicines.ts';
import type { Drug, MedicationPlan } from './plan-shapes.ts';
import { rollUp } from './roll-up.ts';
import { dosesOn, drugStart, isPrescribedOn, phaseOn, stepOn, versionOn } from './schedule.ts';
import { readCard, readMonths } from './store.ts';

const none: InterruptionView = { advice: [] };

/** What the gap of today means by the rules of the regimen. Empty while there is no gap and when no treatment runs. */
export async function interruptionNow(tools: Tools, patientId: string): Promise<InterruptionView> {
  const card = await readCard(tools, patientId);
  if (!card) return none;
  const { plan } = card;
  const today = dosingDateOf(plan, tools.now());
  if (plan.stopped || !isPrescribedOn(plan, today)) return none;
  // Whole months, so that each day is read once: the last two as days, those before from their summaries.
  const month = addDays(today, -31).slice(0, 7);
  const [recent, months] = await Promise.all([
    days(tools, patientId, `${month}-01`, today),
    readMonths(tools, patientId, month),
  ]);
  const statuses = statusesOf(months, recent).filter(
    (day) => isPrescribedOn(plan, day.localDate) && day.localDate < today && day.statuses.length > 0,
  );
  const found = gapOf(plan, statuses, today);
  if (!found) return none;
  const { from, ...gap } = found;
  return { gap: viewOf(from, gap), advice: interruptionAdvice(gap) };
}

function viewOf(from: string, gap: Interruption): NonNullable<InterruptionView['gap']> {
  return {
    from,
    days: gap.consecutiveDays,
    notKnownDays: gap.notKnownDays,
    heldDays: gap.heldDays,
    inAllDays: gap.cumulativeDays,
    inAllNotKnownDays: gap.cumulativeNotKnownDays,
    treatmentDay: gap.treatmentDay,
  };
}

function gapOf(plan: MedicationPlan, due: readonly DayStatuses[], today: string) {
  const without = due.filter((day) => !isTaken(day));
  const lastTaken = due.filter(isTaken).at(-1)?.localDate ?? addDays(plan.start, -1);
  const run = without.filter((day) => day.localDate > lastTaken);
  const from = addDays(lastTaken, 1);
  const gap = { ...medicinesOf(plan, run, from, today), ...countsOf(run, without) };
  if (run.length === 0 || isOnlyAQuestion(gap, run)) return undefined;
  const phase = phaseOn(plan, from)?.name;
  return {
    from,
    regimen: regimenOf(plan),
    whole: true,
    consecutiveDays: daysBetween(lastTaken, today) - 1,
    treatmentDay: daysBetween(plan.start, from) + 1,
    ...gap,
    ...(phase !== undefined && { phase }),
  };
}

function countsOf(run: readonly DayStatuses[], without: readonly DayStatuses[]) {
  return {
    cumulativeDays: without.length,
    cumulativeNotKnownDays: without.filter(isUnknown).length,
    notKnownDays: run.filter(isUnknown).length,
    heldDays: run.filter((day) => rollUp(day.statuses) === 'hold').length,
  };
}

/** The drugs due in the gap; of bedaquiline also its step and how long ago its first dose was missed. */
function medicinesOf(plan: MedicationPlan, run: readonly DayStatuses[], from: string, today: string) {
  const doses = run.flatMap(({ localDate }) => dosesOn(plan, localDate).map((dose) => ({ ...dose, localDate })));
  const drugs = [...new Set(doses.map(({ medicine }) => (medicineOf(medicine)?.name ?? medicine).toLowerCase()))];
  const missed = doses.find(({ medicine }) => medicine.startsWith('bedaquiline'));
  const drug = missed && versionOn(plan, missed.localDate).drugs.find(({ medicine }) => medicine === missed.medicine);
  const step = drug && dueStep(drug, plan, from);
  return {
    drugs,
    ...(missed && { hoursSinceMissed: (daysBetween(missed.localDate, today) - 1) * 24 }),
    ...(step && { step }),
  };
}

/** Silence is a question: it becomes a gap when the patient would be asked, or as soon as one day of it is known. */
function isOnlyAQuestion({ step }: Pick<Interruption, 'step'>, run: readonly DayStatuses[]): boolean {
  const askAfter = bandPolicies[currentBandPolicy]?.askAfter;
  return (
    askAfter !== undefined &&
    run.every(isUnknown) &&
    run.length < (step === 'loading' ? askAfter.critical : askAfter.days)
  );
}

function dueStep(drug: Drug, plan: MedicationPlan, from: string) {
  for (let day = 0; day < 7; day++) {
    const label = stepOn(drug, drugStart(plan, drug), addDays(from, day))?.label;
    if (label === 'loading' || label === 'maintenance') return label;
  }
  return undefined;
}

function isTaken({ statuses }: DayStatuses): boolean {
  return statuses.some((one) => one === 'seen' || one === 'opened' || one === 'said');
}

function isUnknown({ statuses }: DayStatuses): boolean {
  const status = rollUp(statuses);
  return status !== undefined && doseStatuses[status].countsAs === 'not-known';
}

function regimenOf(plan: MedicationPlan): Interruption['regimen'] {
  if (plan.templateId === 'bpalm') return 'bpalm';
  return plan.templateId === '2hrze-4hr' ? 'first-line' : 'other';
}
