import { actsFor, holderOf, memberOf, type Team } from '../organisations/team.ts';
import type { Alert } from './alert.ts';
import type { AlertView, OwnerView, PatientTag, TaskView } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import { undoUntil } from './resolve.ts';
import type { Task } from './task.ts';

export function nameOf(team: Team, userId: string): string {
  return memberOf(team, userId)?.name ?? '';
}

/** Who has to act now: the person named or, once they have left, the owner of the team; or who covers for them. */
export function ownerView(team: Team, named: string, now: string, before?: string): OwnerView {
  const ownerId = holderOf(team, named, now);
  const userId = actsFor(team, named, now);
  return {
    userId,
    name: nameOf(team, userId),
    ...(userId !== ownerId && { coverFor: { userId: ownerId, name: nameOf(team, ownerId) } }),
    ...(before !== undefined && { before: { userId: before, name: nameOf(team, before) } }),
  };
}

export function alertView(alert: Alert, patient: PatientTag, team: Team, policy: AlertPolicy, now: string): AlertView {
  const { acknowledgedBy: by, acknowledgedAt: at, acknowledgedThrough: through } = alert;
  const until = undoUntil(alert, policy);
  return {
    alertId: alert.alertId,
    patientId: alert.patientId,
    teamId: alert.teamId,
    patient,
    band: alert.band,
    critical: alert.critical,
    reason: alert.reason,
    state: alert.state,
    owner: ownerView(team, alert.ownerId, now, alert.ownerBefore),
    openedAt: alert.openedAt,
    ...(alert.acknowledgeBy !== undefined && { acknowledgeBy: alert.acknowledgeBy }),
    ...(alert.contactBy !== undefined && { contactBy: alert.contactBy }),
    ...(alert.contactedAt !== undefined && { contactedAt: alert.contactedAt }),
    ...(by !== undefined &&
      at !== undefined && { acknowledged: { by, byName: nameOf(team, by), at, through: through ?? 'app' } }),
    misses: alert.misses,
    told: alert.told.map((one) => (one.userId === undefined ? one : { ...one, name: nameOf(team, one.userId) })),
    annotations: alert.annotations,
    ...(alert.outcome && { outcome: alert.outcome }),
    ...(until !== undefined && until > now && { undoUntil: until }),
    version: alert.version,
  };
}

export function taskView(task: Task, team: Team, now: string): TaskView {
  const {
    taskKind: kind,
    patientCode: _code,
    teamId: _team,
    ownerId,
    nextStep: _next,
    alertId: _alert,
    ...rest
  } = task;
  return { ...rest, kind, owner: ownerView(team, ownerId, now) };
}
