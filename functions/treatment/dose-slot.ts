import { addDays, epochMilliseconds, instantAt, localDateOf, toInstant } from '../shared/time.ts';
import type { SlotTime } from './plan-shapes.ts';
import { type DrugDose, dosesOn, type PlanFacts, versionOn } from './schedule.ts';

/** A dose slot as planned: `plan × local date × slot name`. Windows of a day touch, so an instant is in exactly one. */
export type PlannedSlot = {
  readonly slotId: string;
  readonly localDate: string;
  readonly name: string;
  readonly plannedTime: string;
  readonly plannedAt: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly doses: readonly DrugDose[];
  /** At least one pill of it is in the box, so an opening can speak for it. */
  readonly inBox: boolean;
  readonly critical: boolean;
  /** Every drug of it is on hold. */
  readonly held: boolean;
};

const minute = 60_000;
/** Days are only ever this short when a plan moves east across the date line. */
const shortestDayMinutes = 240;

export function slotIdOf(planId: string, localDate: string, name: string): string {
  return `${planId}/${localDate}/${name}`;
}

/**
 * The slots of a dosing day, in order of time. A slot opens when the one before closes; it closes halfway to the next,
 * the last one when the dosing day ends: a once-daily dose may be taken at any time of its day. Ids do not depend on
 * zone, times or version, so a repeat and a re-planned day are the same slot.
 */
export function slotsOn(plan: PlanFacts, localDate: string): PlannedSlot[] {
  const doses = dosesOn(plan, localDate);
  if (doses.length === 0 || !dateExists(localDate, versionOn(plan, localDate).zone)) return [];
  const starts = epochMilliseconds(dosingDayStart(plan, localDate));
  const ends = epochMilliseconds(dosingDayStart(plan, addDays(localDate, 1)));
  const due = orderedSlots(plan, localDate).filter((slot) => doses.some((dose) => dose.slot === slot.name));
  const planned = due.map((slot, index) => {
    const at = epochMilliseconds(plannedInstant(plan, localDate, slot));
    return Math.min(Math.max(at, starts + index * minute), ends - (due.length - index) * minute);
  });
  const edges = [starts, ...planned.slice(1).map((at, index) => Math.round((at + (planned[index] ?? at)) / 2)), ends];
  const slots = due.map((slot, index) =>
    aSlot(plan, localDate, slot, doses, planned[index] ?? starts, edges[index] ?? starts, edges[index + 1] ?? ends),
  );
  const stopped = plan.stopped;
  return stopped === undefined ? slots : slots.filter((slot) => slot.closesAt <= stopped.at);
}

function aSlot(
  plan: PlanFacts,
  localDate: string,
  slot: SlotTime,
  all: readonly DrugDose[],
  planned: number,
  opens: number,
  closes: number,
): PlannedSlot {
  const mine = all.filter((dose) => dose.slot === slot.name);
  const given = mine.filter((dose) => !dose.held);
  const held = given.length === 0;
  return {
    slotId: slotIdOf(plan.planId, localDate, slot.name),
    localDate,
    name: slot.name,
    plannedTime: slot.time,
    plannedAt: toInstant(planned),
    opensAt: toInstant(opens),
    closesAt: toInstant(closes),
    doses: held ? mine : given,
    inBox: given.some((dose) => dose.inBox),
    critical: given.some((dose) => dose.critical !== undefined),
    held,
  };
}

/** The dosing day in which an instant lies, in the zone that the plan has on that day. */
export function dosingDateOf(plan: PlanFacts, instant: string): string {
  let date = localDateOf(instant, versionOn(plan, instant.slice(0, 10)).zone);
  while (instant < dosingDayStart(plan, date)) date = addDays(date, -1);
  while (instant >= dosingDayStart(plan, addDays(date, 1))) date = addDays(date, 1);
  return date;
}

/**
 * When a dosing day begins: its roll-over time on the wall clock of its own zone. It ends where the next begins, so a
 * change of zone makes one day longer or shorter and no instant belongs to two days or to none.
 */
export function dosingDayStart(plan: PlanFacts, localDate: string): string {
  if (plan.versions.length === 1) return wallStart(plan, localDate);
  let date = addDays(localDate, -3);
  let start = epochMilliseconds(wallStart(plan, date));
  while (date < localDate) {
    const last = orderedSlots(plan, date).at(-1);
    const lastDose = last ? epochMilliseconds(plannedInstant(plan, date, last)) : start;
    date = addDays(date, 1);
    const wall = epochMilliseconds(wallStart(plan, date));
    const afterLastDose = wall > lastDose ? wall : lastDose + 60 * minute;
    start = Math.max(afterLastDose, start + shortestDayMinutes * minute);
  }
  return toInstant(start);
}

function wallStart(plan: PlanFacts, localDate: string): string {
  const { dayRollsAt, zone } = versionOn(plan, localDate);
  return instantAt(localDate, dayRollsAt, zone);
}

/** A time before the roll-over is the small hours of the next calendar day. */
function plannedInstant(plan: PlanFacts, localDate: string, slot: SlotTime): string {
  const { dayRollsAt, zone } = versionOn(plan, localDate);
  return instantAt(slot.time < dayRollsAt ? addDays(localDate, 1) : localDate, slot.time, zone);
}

function orderedSlots(plan: PlanFacts, localDate: string): SlotTime[] {
  const { dayRollsAt, slots } = versionOn(plan, localDate);
  const sinceRoll = (slot: SlotTime) => (slot.time < dayRollsAt ? `1${slot.time}` : `0${slot.time}`);
  return [...slots].sort((a, b) => (sinceRoll(a) < sinceRoll(b) ? -1 : 1));
}

/** Zones have skipped whole dates (Samoa, 30 December 2011): nobody lived that day, its noon is the next day's. */
function dateExists(localDate: string, zone: string): boolean {
  return instantAt(localDate, '12:00', zone) !== instantAt(addDays(localDate, 1), '12:00', zone);
}
