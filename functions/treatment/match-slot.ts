import { dosingDateOf, slotsOn } from './dose-slot.ts';
import { isPrescribedOn, type PlanFacts } from './schedule.ts';

/** Where an opening of the box belongs. It is kept with its day in every case; only `slot` can count for a dose. */
export type SlotMatch =
  | { readonly kind: 'slot'; readonly localDate: string; readonly slot: string; readonly slotId: string }
  | { readonly kind: 'refill-visit' | 'no-slot' | 'outside-plan'; readonly localDate: string };

/**
 * Finds the slot of an opening by the windows of its dosing day, by the time at which it happened and never by when it
 * arrived. Openings during a refill visit are nobody's dose.
 */
export function matchSlot(plan: PlanFacts, openedAt: string): SlotMatch {
  const localDate = dosingDateOf(plan, openedAt);
  if (isInRefillVisit(plan.refills, openedAt)) return { kind: 'refill-visit', localDate };
  if (!isPrescribedOn(plan, localDate)) return { kind: 'outside-plan', localDate };
  const slot = slotsOn(plan, localDate).find(
    (candidate) => candidate.opensAt <= openedAt && openedAt < candidate.closesAt,
  );
  if (!slot || slot.held) return { kind: 'no-slot', localDate };
  return { kind: 'slot', localDate, slot: slot.name, slotId: slot.slotId };
}

export function isInRefillVisit(visits: readonly { from: string; to: string }[], at: string): boolean {
  return visits.some((visit) => visit.from <= at && at <= visit.to);
}
