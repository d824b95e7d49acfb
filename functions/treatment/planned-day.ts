import { addDays, addSeconds } from '../shared/time.ts';
import type { Day } from './day-item.ts';
import { currentDerivation, type DayFacts, deriveDay, type SlotFacts } from './derive-day.ts';
import { dosingDayStart, slotsOn } from './dose-slot.ts';
import type { Away } from './evidence-shapes.ts';
import type { Refill } from './plan-shapes.ts';
import { holdOn, type PlanFacts } from './schedule.ts';

/** The away that covers a dosing day: declared from before or on it, and not ended before it. */
export function awayOn(aways: readonly Away[], localDate: string): Away | undefined {
  return aways.find((away) => away.from <= localDate && (away.to === undefined || localDate <= away.to));
}

/** The facts of a day of which nothing is stored: what the plan and the aways say of it. */
export function plannedDay(plan: PlanFacts, localDate: string, aways: readonly Away[]): DayFacts {
  const startsAt = dosingDayStart(plan, localDate);
  const endsAt = dosingDayStart(plan, addDays(localDate, 1));
  return withAway(
    {
      localDate,
      startsAt,
      endsAt,
      policyVersion: currentDerivation,
      slots: slotFacts(plan, localDate),
      evidence: [],
      holdings: [],
      reports: [],
      refills: visitsOn(plan.refills, startsAt, endsAt),
    },
    aways,
  );
}

/**
 * The same day after its plan or aways changed. Evidence stays; a slot that the plan no longer has stays only while
 * evidence says that it was taken, so that nothing that was taken vanishes. That a dose no longer planned was not taken
 * is no miss.
 */
export function replannedDay(facts: DayFacts, plan: PlanFacts, aways: readonly Away[], now: string): DayFacts {
  const planned = plannedDay(plan, facts.localDate, aways);
  const names = new Set(planned.slots.map((slot) => slot.name));
  const spokenFor = deriveDay(facts, now).slots.filter(
    ({ evidenceIds, status }) => evidenceIds.length > 0 && status !== 'yet' && status !== 'missed',
  );
  const kept = facts.slots.filter((slot) => !names.has(slot.name) && spokenFor.some((one) => one.name === slot.name));
  const slots = [...planned.slots, ...kept].sort((a, b) => (a.plannedAt < b.plannedAt ? -1 : 1));
  return {
    ...planned,
    policyVersion: facts.policyVersion,
    slots,
    evidence: facts.evidence,
    holdings: facts.holdings,
    reports: facts.reports,
  };
}

function withAway(facts: DayFacts, aways: readonly Away[]): DayFacts {
  const { away: _before, ...rest } = facts;
  const away = awayOn(aways, facts.localDate);
  return away ? { ...rest, away: { awayId: away.awayId, reason: away.reason, at: away.at } } : rest;
}

export function emptyDay(planId: string, facts: DayFacts): Day {
  return { facts, planId, version: 0, written: [], told: {} };
}

function slotFacts(plan: PlanFacts, localDate: string): SlotFacts[] {
  return slotsOn(plan, localDate).map((slot) => {
    const hold = slot.held
      ? (holdOn(plan.holds, localDate) ??
        plan.holds.find((one) => one.from <= localDate && (one.to ?? localDate) >= localDate))
      : undefined;
    return {
      name: slot.name,
      plannedAt: slot.plannedAt,
      opensAt: slot.opensAt,
      closesAt: slot.closesAt,
      inBox: slot.inBox,
      critical: slot.critical,
      ...(hold && { heldAt: hold.at }),
    };
  });
}

/** Visits whose ignored interval touches the day; the night before and after are near enough to keep. */
function visitsOn(refills: readonly Refill[], startsAt: string, endsAt: string): DayFacts['refills'] {
  return refills
    .filter((visit) => visit.to >= addSeconds(startsAt, -1) && visit.from <= endsAt)
    .map(({ from, to, at }) => ({ from, to, at }));
}
