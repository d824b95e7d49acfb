import type { ResolveInput } from '../../../../functions/alerts/contract.ts';
import type { Actor } from '../../../../functions/shared/access.ts';
import { addSeconds, type Instant } from '../../../../functions/shared/time.ts';
import { declareAway, endAway } from '../../../../functions/treatment/away.ts';
import { type PlannedSlot, slotsOn } from '../../../../functions/treatment/dose-slot.ts';
import { dice, type Habit, type Ordinary, type Random } from '../people/caseload.ts';
import { ago, dateAgo, READY } from '../when.ts';
import { BoxLog } from './box-log.ts';
import { closed, judged, patientActor, recorded, settled } from './care.ts';
import type { Enrolled } from './enrol.ts';

/** The last days are good ones: what the nurse has to look at today are the stories. */
const GOOD_DAYS = 4;

export type Life = {
  readonly one: Enrolled;
  readonly patient: Ordinary;
  readonly by: { readonly nurse: Actor; readonly worker: Actor };
  readonly throws: Random;
  readonly box?: BoxLog;
};

export function lifeOf(one: Enrolled, patient: Ordinary, by: Life['by']): Life {
  const { box, course, number } = patient;
  const log = box && new BoxLog(box.serial, box.uploadIntervalHours, ago(course.startedDaysAgo, '02:30'), one.past);
  return { one, patient, by, throws: dice(7_000 + number), ...(log && { box: log }) };
}

/** Lives a patient's treatment from its first day to this morning. */
export async function liveOrdinary(life: Life): Promise<void> {
  const { box, patient, throws } = life;
  // A sign of life of this morning before anything else: the boxes of this demonstration reach their network.
  await liveDays(life, patient.course.startedDaysAgo, 1);
  await box?.send(ago(0, `03:${throws.whole(10, 55)}`));
  await liveDays(life, 0, 0);
}

/** The days from so many days ago to so many days ago, both lived. */
export async function liveDays(life: Life, from: number, to: number): Promise<void> {
  for (let daysAgo = from; daysAgo >= to; daysAgo--) await liveDay(life, daysAgo);
}

async function liveDay(life: Life, daysAgo: number): Promise<void> {
  const { one, patient } = life;
  const { away } = patient.habit;
  if (away?.from === daysAgo) await leave(life, away);
  const isAway = away !== undefined && daysAgo <= away.from && daysAgo > away.from - away.days;
  let missed = false;
  for (const slot of slotsOn(one.plan, dateAgo(daysAgo))) {
    if (isAway || !(await liveSlot(life, daysAgo, slot))) missed ||= !isAway;
  }
  if (daysAgo === 0) return;
  if (missed || inOutage(patient.habit, daysAgo)) await closed(one, dateAgo(daysAgo));
  if (!missed) return await afterOutage(life, daysAgo);
  // The box tells, after the dosing day is over, that it stayed shut.
  const morning = ago(daysAgo - 1, '03:20');
  if (life.box && !inOutage(patient.habit, daysAgo)) await life.box.send(morning);
  await judged(one, addSeconds(morning, 60));
  await settled(
    one,
    life.by.nurse,
    ago(daysAgo - 1, `1${life.throws.whole(0, 2)}:${life.throws.whole(10, 59)}`),
    outcome(life, dateAgo(daysAgo - 2)),
  );
}

/** One dose; false when it was not taken and somebody could know. */
async function liveSlot(life: Life, daysAgo: number, slot: PlannedSlot): Promise<boolean> {
  const { patient, throws, box, one, by } = life;
  const { habit } = patient;
  const good = daysAgo < GOOD_DAYS && daysAgo > 0;
  const late = Math.max(1, Math.round(habit.lateMinutes * (0.4 + throws.next() * 1.2)));
  const at = addSeconds(slot.plannedAt, late * 60 + throws.whole(0, 59));
  if (at >= READY) return true;
  if (!good && !throws.chance(habit.takes)) return false;
  if (habit.evidence === 'phone') await recorded(one, patientActor(one), at, said(slot, one));
  else if (!box) await watched(life, daysAgo, slot, at);
  else if (inOutage(habit, daysAgo)) box.note('opening', at);
  else await box.open(at);
  if (daysAgo > 0 && throws.chance(0.004)) await recorded(one, by.nurse, addSeconds(at, 3_600), confirmed(slot, one));
  return true;
}

async function watched({ one, by }: Life, daysAgo: number, slot: PlannedSlot, at: Instant): Promise<void> {
  const seen = at < ago(daysAgo, '09:00') ? ago(daysAgo, '09:05') : at;
  if (seen >= READY || seen >= slot.closesAt) return;
  const input = { kind: 'watched', evidenceId: `w.${slot.localDate}.${slot.name}`, watchedAt: seen } as const;
  await recorded(one, by.worker, seen, { ...input, localDate: slot.localDate, slot: slot.name });
}

function said(slot: PlannedSlot, one: Enrolled) {
  const evidenceId = `s.${one.patientId.slice(-6)}.${slot.localDate}.${slot.name}`;
  return { kind: 'taken', evidenceId, localDate: slot.localDate, slot: slot.name } as const;
}

function confirmed(slot: PlannedSlot, one: Enrolled) {
  const evidenceId = `t.${one.patientId.slice(-6)}.${slot.localDate}.${slot.name}`;
  const reason = 'Count of pills at the visit agrees.';
  return { kind: 'typed-later', evidenceId, localDate: slot.localDate, slot: slot.name, reason } as const;
}

/** When the box finds its network again it sends all that it kept, and days that nobody knew of are known. */
async function afterOutage({ box, patient, one }: Life, daysAgo: number): Promise<void> {
  const { outage } = patient.habit;
  if (!box || !outage || daysAgo !== outage.from - outage.days + 1) return;
  await box.send(ago(daysAgo - 1, '03:40'));
  await judged(one, ago(daysAgo - 1, '03:41'));
}

async function leave({ one, by, throws }: Life, away: NonNullable<Habit['away']>): Promise<void> {
  const awayId = `away.${one.patientId.slice(-8)}`;
  const from = dateAgo(away.from);
  const reason = throws.chance(0.5) ? 'travelling-without-box' : 'left-at-home';
  const declared = one.past(ago(away.from, '07:15'));
  const input = {
    awayId,
    reason,
    from,
    expectedEnd: dateAgo(away.from - away.days + 1),
    recordedBy: 'patient',
  } as const;
  await declareAway(declared, { patientId: one.patientId, author: by.nurse.userId, input });
  const ended = one.past(ago(away.from - away.days, '07:20'));
  const end = { to: dateAgo(away.from - away.days + 1), backWithBox: true };
  await endAway(ended, { patientId: one.patientId, awayId, author: by.nurse.userId, input: end });
}

function inOutage({ outage }: Habit, daysAgo: number): boolean {
  return outage !== undefined && daysAgo <= outage.from && daysAgo > outage.from - outage.days;
}

function outcome({ throws }: Life, tomorrow: string): ResolveInput {
  const kind = throws.next();
  if (kind < 0.45) return { outcome: 'reached-taken-late', note: 'Took it from the strip, did not open the box.' };
  if (kind < 0.8) {
    const why = throws.one(['forgot', 'travelling', 'felt-well', 'no-pills', 'box-problem'] as const);
    return { outcome: 'reached-not-taken', why };
  }
  if (kind < 0.92) {
    const nextStep = { kind: 'call', on: tomorrow } as const;
    return { outcome: 'not-reachable', note: 'Phone switched off.', nextStep };
  }
  return { outcome: 'side-effect', note: 'Nausea in the morning. Takes it after a meal now.' };
}
