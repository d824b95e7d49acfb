import { requestMessage, requestMissing } from '../notifications/request-message.ts';
import { workingDeadline } from '../organisations/calendar.ts';
import type { Tools } from '../shared/tools.ts';
import type { Known } from './facts.ts';
import { messageOfTask } from './messages.ts';
import { ownerOf } from './people.ts';
import { changeTask, putTask } from './store.ts';
import { endsByItself, type Task, type WantedTask, wantedTasks } from './task.ts';

/** Opens the tasks that what is known calls for, and ends those that it no longer does. A person's own tasks stay. */
export async function settleTasks(tools: Tools, found: Known): Promise<void> {
  const wanted = wantedTasks(found.facts, found.policy);
  const open = found.tasks.filter((task) => task.state === 'open');
  for (const want of wanted) {
    const before = found.tasks.find((task) => task.taskId === want.taskId);
    if (before === undefined) await openTask(tools, found, want);
    else if (before.state === 'open') await finish(tools, found, before);
  }
  for (const task of open) {
    if (wanted.some((want) => want.taskId === task.taskId)) continue;
    if (endsByItself(task, found.facts)) await endTask(tools, task);
  }
}

async function openTask(tools: Tools, found: Known, want: WantedTask): Promise<void> {
  const { profile, team, policy } = found;
  const now = tools.now();
  const { urgent, ...rest } = want;
  const task: Task = {
    ...rest,
    patientId: profile.patientId,
    patientCode: profile.code,
    teamId: team.teamId,
    state: 'open',
    ownerId: ownerOf(team, now),
    openedAt: now,
    ...(urgent && { dueBy: workingDeadline(team.calendar, now, policy.acknowledgeHours) }),
    version: 0,
  };
  if ((await putTask(tools, task)) === 'conflict') return;
  const message = messageOfTask(task, policy, team.calendar.zone);
  if (message) await requestMessage(tools, message);
}

/** After a crash between the task and its message. */
async function finish(tools: Tools, found: Known, task: Task): Promise<void> {
  const message = messageOfTask(task, found.policy, found.team.calendar.zone);
  if (message) await requestMissing(tools, [message]);
}

async function endTask(tools: Tools, task: Task): Promise<void> {
  // A conflict means that a person answered it meanwhile: theirs stands.
  await changeTask(tools, { ...task, state: 'done', doneBy: 'evidence', doneAt: tools.now() }, 'open');
}
