import { addDays, daysBetween } from '../shared/time.ts';
import type { DayStatuses } from './adherence.ts';
import { bandPolicies, currentBandPolicy } from './bands.ts';
import { doseStatuses } from './dose-status.ts';
import type { Interruption } from './interruption.ts';
import { medicineOf } from './medicines.ts';
import type { Drug, MedicationPlan } from './plan-shapes.ts';
import { rollUp } from './roll-up.ts';
import { dosesOn, drugStart, phaseOn, stepOn, versionOn } from './schedule.ts';

/** Rules speak of this drug by itself (domain 2.4). */
const ruledDrug = 'bedaquiline';

/**
 * Of everything; and of the drug alone, when it is known that it was on hold or missed before everything was, or while the rest
 * was taken. Days of which nobody knows are no gap of one drug, nor is one that is not prescribed any more. `due`: the days
 * before today on which something was due, oldest first.
 */
export function gapsOf(plan: MedicationPlan, due: readonly DayStatuses[], today: string): Gap[] {
  const whole = gapOf(plan, due.map(asWhole), today);
  const own = due.flatMap((day) => asOwn(plan, day));
  const alone = gapOf(plan, own, today);
  const before = whole?.from ?? today;
  const isKnown = own.some(
    ({ localDate, was }) =>
      (was === 'held' || was === 'missed') && alone && localDate >= alone.from && localDate < before,
  );
  if (!alone || !isKnown || !isDueSoon(plan, today)) return whole ? [whole] : [];
  const rest = whole && { ...whole, drugs: whole.drugs.filter((drug) => drug !== ruledDrug) };
  return [...(rest ? [rest] : []), { ...alone, whole: false, drugs: [ruledDrug] }];
}

/** A gap that lasts, from its first dosing day. */
export type Gap = Interruption & { readonly from: string };

/** What became of what was due on a day. */
type DueDay = { readonly localDate: string; readonly was: 'taken' | 'held' | 'not-known' | 'missed' };

function gapOf(plan: MedicationPlan, due: readonly DueDay[], today: string): Gap | undefined {
  const without = due.filter(({ was }) => was !== 'taken');
  const lastTaken = due.filter(({ was }) => was === 'taken').at(-1)?.localDate ?? addDays(plan.start, -1);
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

/** What became of the drug on a day on which it was due: nobody puts it into the box while it is on hold. */
function asOwn(plan: MedicationPlan, day: DayStatuses): DueDay[] {
  const doses = ruledDosesOn(plan, day.localDate);
  if (doses.length === 0) return [];
  return [doses.every(({ held }) => held) ? { localDate: day.localDate, was: 'held' } : asWhole(day)];
}

const ruledDosesOn = (plan: MedicationPlan, localDate: string) =>
  dosesOn(plan, localDate).filter(({ medicine }) => nameOf(medicine) === ruledDrug);

/** Is the drug due within a week, on hold or not: it goes on. */
function isDueSoon(plan: MedicationPlan, today: string): boolean {
  return [0, 1, 2, 3, 4, 5, 6].some((ahead) => ruledDosesOn(plan, addDays(today, ahead)).length > 0);
}

function asWhole({ localDate, statuses }: DayStatuses): DueDay {
  if (statuses.some((one) => one === 'seen' || one === 'opened' || one === 'said')) return { localDate, was: 'taken' };
  const status = rollUp(statuses);
  if (status === 'hold') return { localDate, was: 'held' };
  const isUnknown = status !== undefined && doseStatuses[status].countsAs === 'not-known';
  return { localDate, was: isUnknown ? 'not-known' : 'missed' };
}

function countsOf(run: readonly DueDay[], without: readonly DueDay[]) {
  return {
    cumulativeDays: without.length,
    cumulativeNotKnownDays: without.filter(isUnknown).length,
    notKnownDays: run.filter(isUnknown).length,
    heldDays: run.filter(({ was }) => was === 'held').length,
  };
}

/** The drugs due in the gap; of the ruled one also its step and how long ago its first dose was missed. */
function medicinesOf(plan: MedicationPlan, run: readonly DueDay[], from: string, today: string) {
  const doses = run.flatMap(({ localDate }) => dosesOn(plan, localDate).map((dose) => ({ ...dose, localDate })));
  const drugs = [...new Set(doses.map(({ medicine }) => nameOf(medicine)))];
  const missed = doses.find(({ medicine }) => nameOf(medicine) === ruledDrug);
  const drug = missed && versionOn(plan, missed.localDate).drugs.find(({ medicine }) => medicine === missed.medicine);
  const step = drug && dueStep(drug, plan, from);
  return {
    drugs,
    ...(missed && { hoursSinceMissed: (daysBetween(missed.localDate, today) - 1) * 24 }),
    ...(step && { step }),
  };
}

/** Silence is a question: it becomes a gap when the patient would be asked, or as soon as one day of it is known. */
function isOnlyAQuestion({ step }: Pick<Interruption, 'step'>, run: readonly DueDay[]): boolean {
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

const isUnknown = ({ was }: DueDay) => was === 'not-known';

const nameOf = (medicine: string) => (medicineOf(medicine)?.name ?? medicine).toLowerCase();

function regimenOf(plan: MedicationPlan): Interruption['regimen'] {
  if (plan.templateId === 'bpalm') return 'bpalm';
  return plan.templateId === '2hrze-4hr' ? 'first-line' : 'other';
}
