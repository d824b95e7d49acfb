import { acknowledge } from '../../../../functions/alerts/acknowledge.ts';
import { alertOf } from '../../../../functions/alerts/alert-of.ts';
import { answerTask } from '../../../../functions/alerts/answer-task.ts';
import type { ResolveInput } from '../../../../functions/alerts/contract.ts';
import { evaluatePatient } from '../../../../functions/alerts/evaluate-patient.ts';
import { patientAlerts } from '../../../../functions/alerts/patient-alerts.ts';
import { resolveAlert } from '../../../../functions/alerts/resolve.ts';
import { boxWitness } from '../../../../functions/devices/box-report.ts';
import { teamOf } from '../../../../functions/organisations/team-of.ts';
import type { Actor } from '../../../../functions/shared/access.ts';
import { addSeconds, type Instant } from '../../../../functions/shared/time.ts';
import { closeSlot } from '../../../../functions/treatment/close-slot.ts';
import type { EvidenceInput } from '../../../../functions/treatment/contract.ts';
import { slotsOn } from '../../../../functions/treatment/dose-slot.ts';
import { recordForPerson } from '../../../../functions/treatment/record-for-person.ts';
import type { Enrolled } from './enrol.ts';

/** What the product concludes of a patient at an instant, as it did then. */
export async function judged(one: Enrolled, at: Instant): Promise<void> {
  await evaluatePatient(one.past(at), one.patientId);
}

/** The windows of a day end: what the boxes have said by then is written down, as the timer does it. */
export async function closed(one: Enrolled, localDate: string): Promise<void> {
  for (const slot of slotsOn(one.plan, localDate)) {
    const tools = one.past(slot.closesAt);
    const witness = await boxWitness(tools, one.patientId, slot.opensAt, slot.closesAt);
    await closeSlot(tools, { patientId: one.patientId, localDate, slot: slot.name, witness });
  }
}

/** A nurse takes the open alert and closes it with what she found out; nothing when there is none. */
export async function settled(one: Enrolled, nurse: Actor, at: Instant, input: ResolveInput): Promise<void> {
  const tools = one.past(at);
  const alert = await alertOf(tools, one.patientId);
  if (!alert || alert.state === 'resolved') return;
  const ref = { patientId: one.patientId, alertId: alert.alertId, by: nurse.userId };
  await acknowledge(tools, { ...ref, through: 'app' });
  const team = await teamOf(tools, one.teamId);
  if (team) await resolveAlert(tools, team, { ...ref, byName: nurse.displayName, input });
  if (input.outcome === 'not-reachable') await reachedNextDay(one, nurse, at);
}

async function reachedNextDay({ past, patientId }: Enrolled, nurse: Actor, at: Instant): Promise<void> {
  const tools = past(addSeconds(at, 24 * 3600));
  const { tasks } = await patientAlerts(tools, patientId);
  for (const { taskId, kind, state } of tasks)
    if (kind === 'promised' && state === 'open')
      await answerTask(tools, nurse, { patientId, taskId }, { answer: 'done' });
}

/** Something that a person said or saw, written down at an instant. */
export async function recorded(one: Enrolled, by: Actor, at: Instant, input: EvidenceInput): Promise<void> {
  const [role = 'patient'] = by.roles;
  const staff = role !== 'patient' && role !== 'supporter';
  await recordForPerson(one.past(at), {
    patientId: one.patientId,
    by: { userId: by.userId, role, staff },
    input,
  });
}

/** The patient themselves. */
export function patientActor(one: Enrolled, userId = one.patientId): Actor {
  return {
    ...{ userId, roles: ['patient'], displayName: one.patient.who.name, language: one.patient.who.language },
    ...{ patientId: one.patientId, teams: [], organisationIds: [], disabled: false, tokensValidFromEpochSeconds: 0 },
  };
}
