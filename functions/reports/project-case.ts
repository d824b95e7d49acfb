import { heldBox } from '../devices/box-report.ts';
import { patientProfile } from '../identity/patient-profile.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { dosingDayStart, slotsOn } from '../treatment/dose-slot.ts';
import { doseStatuses } from '../treatment/dose-status.ts';
import { rollUp } from '../treatment/roll-up.ts';
import { type Situation, type SlotNow, situation } from '../treatment/situation.ts';
import { type Case, type DayAhead, showsTheSame } from './case-row.ts';
import { readCase, removeCase, writeCase } from './store.ts';

const daysShown = 28;
/** So long a row shows the right day when nothing happens that would write it again. */
const daysAhead = 5;

/** Writes a patient's row of the caseload from what is true now; nothing is written when the row already shows it. */
export async function projectCase(tools: Tools, patientId: string): Promise<'written' | 'same' | 'unknown'> {
  return (await projected(tools, patientId)).outcome;
}

/** As `projectCase`, answering whose caseload it is. */
export async function projected(
  tools: Tools,
  patientId: string,
): Promise<{ readonly outcome: 'written' | 'same' | 'unknown'; readonly teamId?: string }> {
  const readAt = tools.now();
  const profile = await patientProfile(tools, patientId);
  if (!profile) return { outcome: 'unknown' };
  const { teamId } = profile;
  const [now, box, known] = await Promise.all([
    situation(tools, patientId, daysShown - 1),
    heldBox(tools, patientId),
    readCase(tools, profile.teamId, patientId),
  ]);
  const row: Case = {
    patientId,
    teamId: profile.teamId,
    code: profile.code,
    name: profile.name,
    ...(profile.reach.phone !== undefined && { phone: profile.reach.phone }),
    ...(now ? ofTreatment(now) : { slots: [], days28: '', ahead: [] }),
    ...(box?.boxId !== undefined && { box: { boxId: box.boxId } }),
    updatedAt: readAt,
  };
  if (known && showsTheSame(known, row, row.updatedAt)) return { outcome: 'same', teamId };
  if ((await writeCase(tools, row)) === 'conflict') return { outcome: 'same', teamId };
  // Who left in this moment left the list before the row was written.
  if ((await patientProfile(tools, patientId))?.teamId !== teamId) await removeCase(tools, teamId, patientId);
  return { outcome: 'written', teamId };
}

function ofTreatment(
  now: Situation,
): Pick<Case, 'localDate' | 'slots' | 'days28' | 'ahead' | 'plan' | 'runsOutOn' | 'away'> {
  const { plan } = now;
  const away = now.aways.find((one) => one.to === undefined && one.from <= now.today);
  const ended = plan.stopped !== undefined;
  return {
    localDate: now.today,
    slots: ended ? [] : (now.days.at(-1)?.slots ?? []).map(caseSlot),
    days28: now.days
      .map((day) => letterOf(day.slots))
      .join('')
      .slice(-daysShown),
    ahead: ended ? [] : Array.from({ length: daysAhead }, (_, index) => dayAhead(now, addDays(now.today, index + 1))),
    plan: { planId: plan.planId, title: plan.title, status: plan.status },
    ...(plan.runsOutOn !== undefined && !ended && { runsOutOn: plan.runsOutOn }),
    ...(away && { away: away.reason }),
  };
}

function caseSlot(slot: SlotNow): Case['slots'][number] {
  return {
    name: slot.name,
    status: slot.status,
    plannedAt: slot.plannedAt,
    closesAt: slot.closesAt,
    critical: slot.critical,
  };
}

function letterOf(slots: readonly SlotNow[]): string {
  const status = rollUp(slots.map((slot) => slot.status));
  return status === undefined ? '-' : doseStatuses[status].letter;
}

function dayAhead({ plan }: Situation, localDate: string): DayAhead {
  return {
    localDate,
    startsAt: dosingDayStart(plan, localDate),
    slots: slotsOn(plan, localDate)
      .filter((slot) => !slot.held)
      .map((slot) => ({
        name: slot.name,
        status: 'yet',
        plannedAt: slot.plannedAt,
        closesAt: slot.closesAt,
        critical: slot.critical,
      })),
  };
}
