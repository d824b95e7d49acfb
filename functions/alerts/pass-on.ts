import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, annotated, isOpen } from './alert.ts';
import { openAlertsOf } from './alert-of.ts';
import { changedAlert } from './change-alert.ts';
import { changeTask, readAlert, readTask, readTasks, readWork } from './store.ts';
import type { Task } from './task.ts';

export type PassOn = {
  readonly teamId: string;
  readonly fromUserId: string;
  readonly toUserId: string;
  /** Who arranged it. */
  readonly by: string;
};

/** Gives a person's open alerts and tasks of a team to somebody else, before they leave it. Answers how many. */
export async function passOnWork(tools: Tools, { teamId, fromUserId, toUserId, by }: PassOn): Promise<number> {
  const alerts = (await openAlertsOf(tools, teamId)).filter((alert) => alert.ownerId === fromUserId);
  for (const { patientId, alertId } of alerts)
    await unlessOver(() =>
      changedAlert(tools, { patientId, alertId }, 'reassign', (alert) =>
        alert.ownerId === fromUserId && isOpen(alert) ? given(alert, toUserId, by, tools.now()) : alert,
      ),
    );
  const tasks = (await readWork(tools, teamId)).tasks.filter((task) => task.ownerId === fromUserId);
  for (const task of tasks)
    await giveTask(tools, task, ({ ownerId }) => (ownerId === fromUserId ? { ownerId: toUserId } : undefined));
  return alerts.length + tasks.length;
}

/** How many open alerts and tasks of a team a person owns. */
export async function openWorkOf(tools: Tools, teamId: string, userId: string): Promise<number> {
  const { alerts, tasks } = await readWork(tools, teamId);
  return (
    alerts.filter((alert) => isOpen(alert) && alert.ownerId === userId).length +
    tasks.filter((task) => task.ownerId === userId).length
  );
}

/** Moves a patient's open alert and tasks to another team and its owner, when the patient goes there. `by`: who arranged it. */
export async function moveWork(
  tools: Tools,
  { patientId, toTeamId, toUserId, by }: { patientId: string; toTeamId: string; toUserId: string; by?: string },
): Promise<void> {
  const alert = await readAlert(tools, patientId);
  if (isOpen(alert) && alert.teamId !== toTeamId)
    await unlessOver(() =>
      changedAlert(tools, { patientId, alertId: alert.alertId }, 'reassign', (now) =>
        isOpen(now) && now.teamId !== toTeamId ? { ...given(now, toUserId, by, tools.now()), teamId: toTeamId } : now,
      ),
    );
  const tasks = (await readTasks(tools, patientId)).filter((task) => task.state === 'open' && task.teamId !== toTeamId);
  for (const task of tasks)
    await giveTask(tools, task, ({ teamId }) =>
      teamId === toTeamId ? undefined : { teamId: toTeamId, ownerId: toUserId },
    );
}

const attempts = 5;

/** While it is open and somebody's whom it leaves: who loses a race reads it again. */
async function giveTask(
  tools: Tools,
  before: Task,
  to: (task: Task) => Pick<Task, 'ownerId'> | undefined,
): Promise<void> {
  let task: Task | undefined = before;
  for (let attempt = 0; attempt < attempts && task?.state === 'open'; attempt++) {
    const given = to(task);
    if (!given || (await changeTask(tools, { ...task, ...given }, 'open')) === 'stored') return;
    task = await readTask(tools, before.patientId, before.taskId);
  }
}

function given(alert: Alert, ownerId: string, by: string | undefined, at: string): Alert {
  const next: Alert = { ...alert, ownerId, ownerBy: 'person', ownerBefore: alert.ownerId };
  return annotated(next, { at, kind: 'reassigned', ...(by !== undefined && { by }) });
}

/** An alert that ended meanwhile needs nobody. */
async function unlessOver(change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'busy') throw error;
  }
}
