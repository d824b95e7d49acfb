import { addDays, daysBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { statusesOf } from './course.ts';
import { days, longestDays } from './days.ts';
import { type Interruption, interruptionAdvice } from './interruption.ts';
import { medicineOf } from './medicines.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { rollUp } from './roll-up.ts';
import { drugStart, isPrescribedOn, phaseOn, stepOn, versionOn } from './schedule.ts';
import { readCard, readMonths } from './store.ts';
import type { InterruptionAdvice } from './view-shapes.ts';

/** What the gap of today means by the rules of the regimen. Empty while there is no gap. */
export async function interruptionNow(tools: Tools, patientId: string): Promise<InterruptionAdvice[]> {
  const card = await readCard(tools, patientId);
  if (!card || card.plan.stopped) return [];
  const today = tools.now().slice(0, 10);
  const from = addDays(today, 1 - longestDays);
  const [recent, months] = await Promise.all([
    days(tools, patientId, from, today),
    readMonths(tools, patientId, from.slice(0, 7)),
  ]);
  const statuses = [...statusesOf(months, []), ...statusesOf([], recent)].filter(
    (day) => isPrescribedOn(card.plan, day.localDate) && day.localDate < today,
  );
  const gap = gapOf(card.plan, statuses, today);
  return gap ? interruptionAdvice(gap) : [];
}

type Day = ReturnType<typeof statusesOf>[number];

function gapOf(plan: MedicationPlan, days: readonly Day[], today: string): Interruption | undefined {
  const withoutDose = (day: Day) => !day.statuses.some((one) => one === 'seen' || one === 'opened' || one === 'said');
  const due = days.filter((day) => day.statuses.length > 0);
  const lastTaken = due.filter((day) => !withoutDose(day)).at(-1)?.localDate ?? addDays(plan.start, -1);
  const run = due.filter((day) => day.localDate > lastTaken);
  if (run.length === 0) return undefined;
  const began = addDays(lastTaken, 1);
  const drugs = versionOn(plan, began).drugs;
  const bedaquiline = drugs.find((drug) => drug.medicine.startsWith('bedaquiline'));
  const step = bedaquiline && dueStep(bedaquiline, plan, began);
  const phase = phaseOn(plan, began)?.name;
  return {
    regimen: regimenOf(plan),
    whole: true,
    drugs: [...new Set(drugs.map((drug) => (medicineOf(drug.medicine)?.name ?? drug.medicine).toLowerCase()))],
    consecutiveDays: daysBetween(lastTaken, today) - 1,
    cumulativeDays: due.filter(withoutDose).length,
    hoursSinceMissed: (daysBetween(began, today) - 1) * 24,
    treatmentDay: daysBetween(plan.start, began) + 1,
    notKnownDays: run.filter((day) => isUnknown(day)).length,
    ...(step && { step }),
    ...(phase !== undefined && { phase }),
  };
}

function dueStep(drug: MedicationPlan['versions'][0]['drugs'][0], plan: MedicationPlan, from: string) {
  for (let day = 0; day < 7; day++) {
    const label = stepOn(drug, drugStart(plan, drug), addDays(from, day))?.label;
    if (label === 'loading' || label === 'maintenance') return label;
  }
  return undefined;
}

function isUnknown(day: Day): boolean {
  const status = rollUp(day.statuses);
  return status === 'silent' || status === 'waiting';
}

function regimenOf(plan: MedicationPlan): Interruption['regimen'] {
  if (plan.templateId === 'bpalm') return 'bpalm';
  return plan.templateId === '2hrze-4hr' ? 'first-line' : 'other';
}
