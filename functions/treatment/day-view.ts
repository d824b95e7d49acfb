import type { Day } from './day-item.ts';
import { type DayFacts, type DerivedSlot, deriveDay } from './derive-day.ts';
import { type PlannedSlot, slotIdOf, slotsOn } from './dose-slot.ts';
import { type Evidence, type Ignored, inOrder } from './evidence.ts';
import type { EvidenceView } from './evidence-shapes.ts';
import { medicineOf } from './medicines.ts';
import type { Food, Medicine, SlotTime } from './plan-shapes.ts';
import { rollUp } from './roll-up.ts';
import { holdOn, type PlanFacts, versionOn } from './schedule.ts';
import type { DayView, DoseSlotView, Pills } from './view-shapes.ts';

/** Staff see names and authors; a patient and a supporter see drawings, counts and what happened. */
export type Reader = { readonly staff: boolean; readonly medicines: boolean };
export const staffReader: Reader = { staff: true, medicines: true };
export const patientReader: Reader = { staff: false, medicines: false };

/** A day as shown at an instant. */
export function dayView(day: Day, plan: PlanFacts, now: string, reader: Reader): DayView {
  const { facts } = day;
  const derived = deriveDay(facts, now);
  const planned = slotsOn({ ...plan, ...notStopped(plan) }, facts.localDate);
  const evidenceOf = (ids: readonly string[]) =>
    inOrder(facts.evidence.filter((piece) => ids.includes(piece.id))).map((piece) =>
      evidenceView(piece, derived.ignored, reader),
    );
  const slots = derived.slots.map((slot) => slotView(slot, facts, plan, planned, evidenceOf(slot.evidenceIds), reader));
  const hold = holdOn(plan.holds, facts.localDate);
  const status = rollUp(slots.map((slot) => slot.status));
  return {
    localDate: facts.localDate,
    ...(status && { status }),
    slots,
    unmatched: evidenceOf(derived.unmatched),
    ...(facts.away && { away: { awayId: facts.away.awayId, reason: facts.away.reason } }),
    ...(hold && { hold: { reason: hold.reason } }),
    policyVersion: facts.policyVersion,
    version: day.version,
  };
}

/** What was in a slot is shown also when the slot was cut off by the end of treatment. */
function notStopped(plan: PlanFacts): { stopped?: NonNullable<PlanFacts['stopped']> } {
  return plan.stopped ? { stopped: { ...plan.stopped, at: '9999-01-01T00:00:00.000Z' } } : {};
}

function slotView(
  slot: DerivedSlot,
  facts: DayFacts,
  plan: PlanFacts,
  planned: readonly PlannedSlot[],
  evidence: EvidenceView[],
  reader: Reader,
): DoseSlotView {
  const times = facts.slots.find((one) => one.name === slot.name);
  const doses = planned.find((one) => one.name === slot.name)?.doses ?? [];
  const named = doses.flatMap((dose) => {
    const medicine = medicineOf(dose.medicine);
    return medicine ? [{ medicine, count: dose.count }] : [];
  });
  return {
    slotId: slotIdOf(plan.planId, facts.localDate, slot.name),
    name: slot.name,
    plannedTime: plannedTime(versionOn(plan, facts.localDate).slots, slot.name),
    plannedAt: times?.plannedAt ?? facts.startsAt,
    opensAt: times?.opensAt ?? facts.startsAt,
    closesAt: times?.closesAt ?? facts.endsAt,
    status: slot.status,
    ...(slot.detail && { detail: slot.detail }),
    ...pillsOf(named),
    inBox: times?.inBox ?? false,
    critical: times?.critical ?? false,
    ...(reader.medicines && {
      medicines: named.map(({ medicine: { code, name, strength }, count }) => ({ code, name, strength, count })),
    }),
    evidence,
  };
}

function plannedTime(slots: readonly SlotTime[], name: string): string {
  return slots.find((slot) => slot.name === name)?.time ?? '00:00';
}

type Named = { readonly medicine: Medicine; readonly count: number };

/** What a patient counts out: equal drawings together, and the word for them. */
export function pillsOf(named: readonly Named[]): Pick<DoseSlotView, 'pills' | 'totalCount' | 'food' | 'unit'> {
  const pills: Pills[] = [];
  for (const { medicine, count } of named) {
    const same = pills.find((one) => one.picture === medicine.picture);
    if (same) same.count += count;
    else pills.push({ picture: medicine.picture, count });
  }
  const forms = new Set(named.map(({ medicine }) => medicine.form));
  const only = forms.size === 1 ? [...forms][0] : undefined;
  return {
    pills,
    totalCount: named.reduce((sum, one) => sum + one.count, 0),
    food: foodOf(named.map(({ medicine }) => medicine.food)),
    unit: only === 'tablet' || only === 'dispersible-tablet' ? 'tablets' : only === 'capsule' ? 'capsules' : 'pills',
  };
}

/** One meal instruction for the slot: what needs food decides, else what needs an empty stomach. */
function foodOf(foods: readonly Food[]): Food {
  if (foods.includes('with-food')) return 'with-food';
  return foods.includes('empty-stomach') ? 'empty-stomach' : 'any';
}

export function evidenceView(piece: Evidence, ignored: ReadonlyMap<string, Ignored>, reader: Reader): EvidenceView {
  const why = ignored.get(piece.id);
  return {
    id: piece.id,
    kind: piece.kind,
    happenedAt: piece.at,
    knownAt: piece.receivedAt,
    ...(piece.slot !== undefined && { slot: piece.slot }),
    ...(piece.reason !== undefined && { reason: piece.reason }),
    ...(piece.boxId !== undefined && { boxId: piece.boxId }),
    ...(piece.durationSeconds !== undefined && { durationSeconds: piece.durationSeconds }),
    ...(piece.clock !== undefined && { clock: piece.clock }),
    ...(why && { ignored: why }),
    ...(reader.staff && piece.author !== undefined && { author: piece.author }),
    ...(reader.staff && piece.role !== undefined && { authorRole: piece.role }),
    ...(reader.staff && piece.note !== undefined && { note: piece.note }),
  };
}
