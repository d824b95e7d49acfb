import type { Alert } from '../alerts/alert.ts';
import type { Task } from '../alerts/task.ts';

export type NoContact = Pick<Alert, 'alertId' | 'patientId' | 'teamId' | 'ownerId' | 'openedAt'> & {
  readonly code: string;
  readonly contactBy: string;
};

/**
 * The red patients with whom nobody has spoken though the time for it is over, each once, the longest overdue first. That an
 * alert was closed as "not reachable" or "refused" with a promised next step changes nothing: the promise carries its clock.
 */
export function withoutContact(
  { open, ended, owed }: { open: readonly Alert[]; ended: readonly Alert[]; owed: readonly Task[] },
  now: string,
): NoContact[] {
  const alerts = open
    .filter(({ band, contactedAt }) => band === 'red' && contactedAt === undefined)
    .flatMap((alert) => overdue(alert, alert.alertId, alert.openedAt, now));
  const promises = owed.flatMap((task) => {
    const alert = ended.find(({ alertId }) => alertId === task.alertId);
    return overdue(task, task.alertId ?? task.taskId, alert?.openedAt ?? task.openedAt, now);
  });
  const longestFirst = [...alerts, ...promises].sort((a, b) => (a.contactBy < b.contactBy ? -1 : 1));
  return longestFirst.filter(
    (one, at) => longestFirst.findIndex(({ patientId }) => patientId === one.patientId) === at,
  );
}

type Owed = Pick<Alert, 'patientId' | 'patientCode' | 'teamId' | 'ownerId' | 'contactBy'>;

function overdue(owed: Owed, alertId: string, openedAt: string, now: string): NoContact[] {
  const { patientId, patientCode: code, teamId, ownerId, contactBy } = owed;
  if (contactBy === undefined || contactBy >= now) return [];
  return [{ alertId, patientId, teamId, ownerId, code, openedAt, contactBy }];
}
