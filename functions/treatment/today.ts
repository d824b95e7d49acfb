import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Day } from './day-item.ts';
import { dayView, patientReader, type Reader } from './day-view.ts';
import { dosingDateOf, slotsOn } from './dose-slot.ts';
import { awayOn, emptyDay, plannedDay } from './planned-day.ts';
import { isPrescribedOn, type PlanFacts, versionOn } from './schedule.ts';
import { type Card, readDaysAndCard } from './store.ts';
import type { DayView, DoseSlotView, Heard, TodayView } from './view-shapes.ts';

/** A patient's today: one query over the last days and the card behind them. The nurse to call is added by the route. */
export async function today(tools: Tools, patientId: string, reader: Reader = patientReader): Promise<TodayView> {
  const now = tools.now();
  const { days, card } = await readDaysAndCard(tools, patientId, addDays(now.slice(0, 10), -8));
  if (!card) return withoutPlan(patientId, now);
  const localDate = dosingDateOf(card.plan, now);
  const stored = new Map(days.map((day) => [day.facts.localDate, day]));
  const dayOn = (date: string) =>
    stored.get(date) ?? emptyDay(card.plan.planId, plannedDay(card.plan, date, card.aways));
  const week = Array.from({ length: 7 }, (_, index) => addDays(localDate, index - 6)).map((date) => {
    const { status } = dayView(dayOn(date), card.plan, now, reader);
    return { localDate: date, ...(status && { status }) };
  });
  const todayView = dayView(dayOn(localDate), card.plan, now, reader);
  const heard = heardOf(dayOn(localDate)) ?? promiseOf(days, now);
  return {
    patientId,
    localDate,
    zone: versionOn(card.plan, localDate).zone,
    now,
    card: cardAboutNow(card, todayView, localDate, now),
    slots: todayView.slots,
    week,
    ...(heard && { heard }),
  };
}

function withoutPlan(patientId: string, now: string): TodayView {
  return {
    patientId,
    localDate: now.slice(0, 10),
    zone: 'UTC',
    now,
    card: { kind: 'no-plan' },
    slots: [],
    week: [],
  };
}

function cardAboutNow({ plan, aways }: Card, day: DayView, localDate: string, now: string): TodayView['card'] {
  if (plan.stopped) return { kind: 'ended', reason: plan.stopped.reason };
  if (plan.end !== undefined && localDate > plan.end) return { kind: 'ended' };
  const slot = day.slots.find((one) => one.opensAt <= now && now < one.closesAt);
  const away = awayOn(aways, localDate);
  if (away && (!slot || slot.status === 'away')) {
    const askBackWithBox = away.to === undefined && away.expectedEnd !== undefined && localDate >= away.expectedEnd;
    return { kind: 'away', away, askBackWithBox, ...(slot && { slot }) };
  }
  if (!slot || !isPrescribedOn(plan, localDate)) return { kind: 'rest', ...nextOf(plan, localDate, now) };
  return cardOfSlot(slot, day, plan, localDate, now);
}

function cardOfSlot(
  slot: DoseSlotView,
  day: DayView,
  plan: PlanFacts,
  localDate: string,
  now: string,
): TodayView['card'] {
  if (slot.status === 'hold') return { kind: 'hold', reason: day.hold?.reason ?? '' };
  if (slot.detail === 'cannot-take') {
    const said = slot.evidence.filter((piece) => piece.kind === 'cannot-take').at(-1);
    return { kind: 'cannot', slot, reason: said?.reason ?? 'other' };
  }
  if (slot.status === 'yet') return { kind: 'take', slot };
  return { kind: 'done', slot, ...nextOf(plan, localDate, now) };
}

/** The next slot that will open, within a week. */
function nextOf(plan: PlanFacts, localDate: string, now: string) {
  for (let day = 0; day < 8; day++) {
    const date = addDays(localDate, day);
    const slot = slotsOn(plan, date).find((one) => one.opensAt > now && !one.held);
    if (slot) return { next: { localDate: date, name: slot.name, plannedAt: slot.plannedAt } };
  }
  return {};
}

/** Nothing was said today yet, but the clinic has promised to call about what was said on a day before. */
function promiseOf(days: readonly Day[], now: string): Heard | undefined {
  const day = days.findLast(({ heard }) => heard?.before !== undefined && now < heard.before);
  return day && heardOf(day);
}

/** The latest thing that reached the clinic today, and who read it. */
function heardOf(day: Day): Heard | undefined {
  const latest = day.facts.evidence
    .filter((piece) => piece.movedAt === undefined && ['taken', 'cannot-take', 'opening'].includes(piece.kind))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))[0];
  if (!latest) return undefined;
  const read = day.heard && day.heard.at >= latest.receivedAt ? day.heard : undefined;
  return {
    at: latest.receivedAt,
    what: latest.kind === 'opening' ? 'box-opened' : latest.kind === 'taken' ? 'taken' : 'cannot-take',
    ...(latest.reason !== undefined && { reason: latest.reason }),
    ...(read && { readBy: read.by, readAt: read.at }),
    ...(read?.before !== undefined && { callBefore: read.before }),
  };
}
