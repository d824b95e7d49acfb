import { addDays, daysBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { adherence, adherencePolicyVersion, type DayStatuses, lastDays, tally, within } from './adherence.ts';
import { dayView, patientReader, pillsOf, type Reader } from './day-view.ts';
import { stretchOf } from './days.ts';
import { dosingDateOf } from './dose-slot.ts';
import { statusOfLetter } from './dose-status.ts';
import { medicineOf } from './medicines.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { rollUp } from './roll-up.ts';
import { dosesOn, phaseOn, versionOn } from './schedule.ts';
import { type Card, readDaysAndCard, readMonths } from './store.ts';
import { firstOfNext } from './summarise-month.ts';
import type { AdherenceView, CourseView, DayView, MonthSummary } from './view-shapes.ts';

type Course = {
  readonly card: Card | undefined;
  readonly today: string;
  readonly months: readonly MonthSummary[];
  readonly days: readonly DayView[];
};

/**
 * The whole course in two requests: month summaries, and this month's days with the card behind them. In the first two
 * days of a month the nightly summary of the month before may still be missing, so its days are read instead.
 */
async function readCourse(tools: Tools, patientId: string, reader: Reader): Promise<Course> {
  const now = tools.now();
  const month = addDays(now.slice(0, 10), -2).slice(0, 7);
  const [{ days: stored, card }, months] = await Promise.all([
    readDaysAndCard(tools, patientId, `${month}-01`),
    readMonths(tools, patientId, month),
  ]);
  if (!card) return { card, today: now.slice(0, 10), months, days: [] };
  const today = dosingDateOf(card.plan, now);
  const days = stretchOf(stored, [card.plan], card.aways, `${month}-01`, today);
  return { card, today, months, days: days.map(({ day }) => dayView(day, card.plan, now, reader)) };
}

export async function course(tools: Tools, patientId: string, reader: Reader = patientReader): Promise<CourseView> {
  const { card, today, months, days } = await readCourse(tools, patientId, reader);
  return {
    patientId,
    ...(card && { plan: planOf(card.plan, today) }),
    months: [...months],
    days: [...days],
    quiet: quietStretches(statusesOf(months, days)),
  };
}

/** The three numbers for the last 7 and 28 complete days, this phase and the whole course. */
export async function adherenceView(tools: Tools, patientId: string): Promise<AdherenceView> {
  const { card, today, months, days } = await readCourse(tools, patientId, patientReader);
  const all = statusesOf(months, days);
  const yesterday = addDays(today, -1);
  const start = card?.plan.start ?? today;
  const phaseFrom = (card && phaseOn(card.plan, today)?.from) ?? start;
  return {
    last7: adherence(lastDays(all, today, 7)),
    last28: adherence(lastDays(all, today, 28)),
    phase: adherence(within(all, phaseFrom, yesterday)),
    whole: adherence(within(all, start, yesterday)),
    days28: tally(lastDays(all, today, 28)),
    policyVersion: adherencePolicyVersion,
  };
}

/** Every day's statuses, oldest first: letters of the summaries, then the days themselves. */
export function statusesOf(months: readonly MonthSummary[], days: readonly DayView[]): DayStatuses[] {
  const summarised = months.flatMap(({ month, slots }) => {
    const length = daysBetween(`${month}-01`, firstOfNext(month));
    return Array.from({ length }, (_, index) => ({
      localDate: addDays(`${month}-01`, index),
      statuses: Object.values(slots)
        .map((letters) => statusOfLetter(letters.charAt(index)))
        .filter((status) => status !== undefined),
    }));
  });
  return [
    ...summarised,
    ...days.map((day) => ({ localDate: day.localDate, statuses: day.slots.map((slot) => slot.status) })),
  ];
}

/** Stretches of at least two days without news, in the last two months: "your box was quiet 9–17 Nov". */
function quietStretches(days: readonly DayStatuses[]): CourseView['quiet'] {
  const stretches: { from: string; to: string; days: number }[] = [];
  let open: { from: string; to: string; days: number } | undefined;
  for (const day of days.slice(-62)) {
    const status = rollUp(day.statuses);
    if (status === undefined) continue;
    if (status !== 'silent' && status !== 'waiting') {
      open = undefined;
      continue;
    }
    if (open) {
      open.to = day.localDate;
      open.days += 1;
    } else {
      open = { from: day.localDate, to: day.localDate, days: 1 };
      stretches.push(open);
    }
  }
  return stretches.filter((stretch) => stretch.days >= 2).map(({ from, to }) => ({ from, to }));
}

function planOf(plan: MedicationPlan, today: string): NonNullable<CourseView['plan']> {
  const phase = phaseOn(plan, today);
  const endedOn = lastDayOf(plan, today);
  return {
    planId: plan.planId,
    title: plan.title,
    start: plan.start,
    ...(plan.end !== undefined && { end: plan.end, monthsPlanned: monthOf(plan.start, plan.end) }),
    ...(phase && { phase }),
    ...(plan.stopped && { stopped: { reason: plan.stopped.reason, on: plan.stopped.on } }),
    ...(endedOn !== undefined && { endedOn }),
    monthOfTreatment: monthOf(plan.start, today),
    dayRollsAt: versionOn(plan, today).dayRollsAt,
    slots: slotsAround(plan, today, endedOn),
  };
}

function lastDayOf({ stopped, end }: MedicationPlan, today: string): string | undefined {
  if (stopped) return stopped.on;
  return end !== undefined && end < today ? end : undefined;
}

function monthOf(start: string, localDate: string): number {
  return Math.max(1, Math.ceil((daysBetween(start, localDate) + 1) / 30.44));
}

/** The doses of each slot as they are next, or were last: a rest day, and a day after the end, have none of their own. */
function slotsAround(plan: MedicationPlan, today: string, endedOn: string | undefined) {
  const first = endedOn ?? (today < plan.start ? plan.start : today);
  const week = Array.from({ length: 7 }, (_, index) => dosesOn(plan, addDays(first, endedOn ? -index : index)));
  return versionOn(plan, first).slots.map(({ name, time }) => {
    const due = week.map((doses) => doses.filter((dose) => dose.slot === name)).find((doses) => doses.length > 0) ?? [];
    const given = due.filter((dose) => !dose.held);
    const { totalCount, unit } = pillsOf(
      (given.length > 0 ? given : due).flatMap((dose) => {
        const medicine = medicineOf(dose.medicine);
        return medicine ? [{ medicine, count: dose.count }] : [];
      }),
    );
    return { name, time, totalCount, unit };
  });
}
