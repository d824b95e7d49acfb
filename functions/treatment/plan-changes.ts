import { invalid, Refusal } from '../shared/refusal.ts';
import { addDays, daysBetween, localDateOf } from '../shared/time.ts';
import { dosingDateOf } from './dose-slot.ts';
import { medicineOf } from './medicines.ts';
import { furthestAheadDays, lengthInDays } from './plan-dates.ts';
import { type MedicationPlan, type Phase, type Prescription, usualDayRollsAt } from './plan-shapes.ts';
import { drugStart } from './schedule.ts';
import { prescriptionFor } from './templates.ts';
import type { HoldInput, PlanChangeInput, PlanInput, ResumeInput, StopInput } from './view-shapes.ts';

/** The longest treatment, begun elsewhere and entered here at its end. */
const furthestStartDays = 3 * 366;

/** A plan as prescribed, before it is stored. Refuses a template without a weight it needs, and what no slot or medicine has. */
export function newPlan(patientId: string, input: PlanInput, author: string, now: string): MedicationPlan {
  const { prescription, title, templateId } = prescribed(input);
  const slots = prescription.slots.map((slot) => ({ ...slot, time: input.times?.[slot.name] ?? slot.time }));
  refuseUnknown({ ...prescription, slots }, input.zone);
  if (Math.abs(daysBetween(now.slice(0, 10), input.start)) > furthestStartDays)
    throw invalid('/start', 'This is too far from today.');
  const end = input.end ?? endOf(prescription.phases, input.start);
  if (end !== undefined && end < input.start) throw invalid('/end', 'The plan ends before it starts.');
  if (end !== undefined && end < localDateOf(now, input.zone))
    throw invalid('/start', `Begun then, this treatment would have ended on ${end}. Choose a later first day.`);
  return {
    planId: input.planId,
    patientId,
    status: 'active',
    intent: 'order',
    title,
    start: input.start,
    phases: prescription.phases,
    versions: [
      {
        n: 1,
        from: input.start,
        zone: input.zone,
        dayRollsAt: input.dayRollsAt ?? usualDayRollsAt,
        slots,
        drugs: prescription.drugs,
        author,
        authoredOn: now,
      },
    ],
    holds: [],
    refills: [],
    version: 0,
    ...(templateId !== undefined && { templateId }),
    ...(end !== undefined && { end }),
    ...(input.weightKg !== undefined && { weightKg: input.weightKg }),
  };
}

function prescribed(input: PlanInput): { prescription: Prescription; title: string; templateId?: string } {
  if (input.prescription) return { prescription: input.prescription, title: input.title ?? 'Own plan' };
  if (input.templateId === undefined) throw invalid('/templateId', 'Name a template or write a prescription.');
  const choice = prescriptionFor(input.templateId, input.weightKg);
  if (choice.kind === 'no-template') throw invalid('/templateId', 'There is no such template.');
  if (choice.kind === 'weight-needed') throw invalid('/weightKg', 'This regimen is dosed by weight.');
  if (choice.kind === 'no-band') throw invalid('/weightKg', 'The template has no dose for this weight.');
  return {
    prescription: choice.prescription,
    title: input.title ?? choice.template.title,
    templateId: input.templateId,
  };
}

/** A new version from a date on. What was before that date stays as it was prescribed. */
export function changedPlan(plan: MedicationPlan, input: PlanChangeInput, author: string, now: string): MedicationPlan {
  const last = plan.versions.at(-1);
  if (!last) throw new Error('a plan has at least one version');
  if (input.from < last.from) throw invalid('/from', `An earlier change holds from ${last.from}.`);
  const drugs = input.drugs?.map((drug) => ({ ...drug, start: startOf(plan, drug, input.from) })) ?? last.drugs;
  const version = {
    n: last.n + 1,
    from: input.from,
    zone: input.zone ?? last.zone,
    dayRollsAt: input.dayRollsAt ?? last.dayRollsAt,
    slots: input.slots ?? last.slots,
    drugs,
    reason: input.reason,
    author,
    authoredOn: now,
  };
  refuseUnknown({ slots: version.slots, drugs, phases: plan.phases }, version.zone);
  return { ...plan, versions: [...plan.versions, version], ...(input.end !== undefined && { end: input.end }) };
}

/** A drug that the plan had keeps its own first day, so that loading is not begun again; a new one starts with the change. */
function startOf(plan: MedicationPlan, drug: MedicationPlan['versions'][0]['drugs'][0], from: string): string {
  if (drug.start !== undefined) return drug.start;
  const before = plan.versions.at(-1)?.drugs.find((one) => one.medicine === drug.medicine);
  return before ? drugStart(plan, before) : addDays(from, drug.startsAfterDays ?? 0);
}

/** A hold begins, and ends, within the treatment and what can be known today. */
function refuseFarOff(plan: MedicationPlan, pointer: string, localDate: string, now: string): void {
  if (localDate < plan.start) throw invalid(pointer, `Treatment began on ${plan.start}.`);
  if (localDate > addDays(dosingDateOf(plan, now), furthestAheadDays)) throw invalid(pointer, 'This is too far ahead.');
}

export function heldPlan(plan: MedicationPlan, input: HoldInput, author: string, now: string): MedicationPlan {
  refuseFarOff(plan, '/from', input.from, now);
  if (input.to !== undefined && input.to < input.from) throw invalid('/to', 'The hold ends before it starts.');
  if (plan.holds.some((hold) => hold.id === input.holdId)) return plan;
  const { holdId, ...rest } = input;
  const holds = [...plan.holds, { id: holdId, ...rest, author, at: now }];
  const isOpen = input.drugs === undefined && input.to === undefined;
  return { ...plan, holds, status: isOpen ? 'on-hold' : plan.status };
}

/** `on` is the first day with doses again. */
export function resumedPlan(plan: MedicationPlan, { holdId, on }: ResumeInput, now: string): MedicationPlan {
  refuseFarOff(plan, '/on', on, now);
  const hold = plan.holds.find((one) => one.id === holdId);
  if (!hold) throw new Refusal('not-found', 'hold-not-found', 'There is no such hold.');
  const to = addDays(on, -1);
  const holds =
    to < hold.from
      ? plan.holds.filter((one) => one !== hold)
      : plan.holds.map((one) => (one === hold ? { ...hold, to } : one));
  const isHeld = holds.some((one) => one.drugs === undefined && one.to === undefined);
  return { ...plan, holds, status: isHeld ? 'on-hold' : 'active' };
}

/** The last state of a plan. `on` may lie in the past (we hear of a death days later), never in the future. */
export function stoppedPlan(plan: MedicationPlan, input: StopInput, author: string, now: string): MedicationPlan {
  const today = dosingDateOf(plan, now);
  const on = input.on ?? today;
  if (on > today) throw invalid('/on', 'Treatment cannot be stopped in the future; set the end of the plan instead.');
  if (on < plan.start) throw invalid('/on', 'Treatment had not begun.');
  const { reason, note } = input;
  return {
    ...plan,
    status: reason === 'completed' ? 'completed' : 'stopped',
    stopped: { reason, on, at: now, author, ...(note !== undefined && { note }) },
  };
}

function endOf(phases: readonly Phase[], start: string): string | undefined {
  const days = lengthInDays(phases);
  return days === undefined ? undefined : addDays(start, days - 1);
}

function refuseUnknown({ slots, drugs }: Prescription, zone: string): void {
  const names = new Set(slots.map((slot) => slot.name));
  if (names.size !== slots.length) throw invalid('/slots', 'Two slots have the same name.');
  if (new Set(slots.map((slot) => slot.time)).size !== slots.length)
    throw invalid('/slots', 'Two slots have the same time.');
  for (const [index, drug] of drugs.entries()) {
    if (!medicineOf(drug.medicine)) throw invalid(`/drugs/${index}/medicine`, 'This medicine is not in the catalogue.');
    if (drug.steps.some((step) => step.doses.some((dose) => !names.has(dose.slot))))
      throw invalid(`/drugs/${index}/steps`, 'A dose names a slot that the plan does not have.');
    if (drug.steps.slice(0, -1).some((step) => step.days === undefined))
      throw invalid(`/drugs/${index}/steps`, 'Only the last step may be without an end.');
  }
  if (!isZone(zone)) throw invalid('/zone', 'There is no such time zone.');
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
