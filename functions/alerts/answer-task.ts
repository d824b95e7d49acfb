import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../shared/access.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { clinicHeard } from '../treatment/clinic-heard.ts';
import { changedAlert } from './change-alert.ts';
import { answerNeedsNextStep, hasSpoken, type PromiseInput, type TaskDoneInput, taskAnswers } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import { changeTask, putTask, readAlert, readTask, readTasks } from './store.ts';
import type { Task } from './task.ts';

type Ref = { readonly patientId: string; readonly taskId: string };

/** A person has done what the task asked. Sent twice, the first answer stands; a next step becomes a promise. */
export async function answerTask(tools: Tools, actor: Actor, ref: Ref, input: TaskDoneInput): Promise<Task> {
  const task = await readTask(tools, ref.patientId, ref.taskId);
  if (!task) throw notFound('task');
  if (!taskAnswers[task.taskKind].includes(input.answer)) throw invalid('/answer', 'This does not answer this task.');
  // Perhaps cut off before all of it had followed: that is done again, and what was done stays.
  if (task.state === 'done') {
    const isSame = task.answer === input.answer && isDeepStrictEqual(task.nextStep, input.nextStep);
    if (task.doneBy === actor.userId && isSame) await follow(tools, actor, task, input.note);
    return task;
  }
  const { answer, note, nextStep } = input;
  if (!nextStep && answerNeedsNextStep(task, answer))
    throw invalid('/nextStep', 'Nobody has spoken with the patient yet: say what comes next, and on which day.');
  const next: Task = {
    ...task,
    state: 'done',
    answer,
    ...(note !== undefined && { note }),
    ...(nextStep && { nextStep }),
    doneBy: actor.userId,
    doneAt: tools.now(),
  };
  if ((await changeTask(tools, next, 'open')) === 'conflict') return await answerTask(tools, actor, ref, input);
  await follow(tools, actor, next, note);
  return { ...next, version: next.version + 1 };
}

/** What an answer brings with it: the strip on the patient's screen, the contact, the promise. Again it changes nothing. */
async function follow(tools: Tools, actor: Actor, done: Task, note: string | undefined): Promise<void> {
  await tellPatient(tools, actor, done);
  const spoken = done.answer !== undefined && hasSpoken(done.answer);
  if (spoken) await noteContact(tools, done, 'spoken');
  const { nextStep } = done;
  if (!nextStep) return;
  const promised = { taskId: promiseId(done), what: nextStep.kind, on: nextStep.on, note };
  await promiseTask(tools, actor, done, promised, spoken ? {} : contactOwed(done));
}

/** One for each answer: what was taken back and answered again is a promise of its own. */
function promiseId({ taskId, doneAt = '' }: Task): string {
  const about = taskId.replace(/^promise\./, '').replace(/\.\d{17}$/, '');
  return `promise.${about}.${doneAt.replaceAll(/[^0-9]/g, '')}`;
}

type Owed = Pick<Task, 'contactBy' | 'alertId'>;

function contactOwed({ contactBy, alertId }: Owed): Owed {
  return { ...(contactBy !== undefined && { contactBy }), ...(alertId !== undefined && { alertId }) };
}

/** The closed alert learns when somebody spoke with the patient after all, and forgets it when that is taken back. */
async function noteContact(
  tools: Tools,
  { patientId, alertId, doneAt }: Task,
  what: 'spoken' | 'taken back',
): Promise<void> {
  // Once another alert has opened, its own clock counts.
  if (alertId === undefined || doneAt === undefined) return;
  if ((await readAlert(tools, patientId))?.alertId !== alertId) return;
  await changedAlert(tools, { patientId, alertId }, 'annotate', (alert) => {
    if (what === 'spoken') return alert.contactedAt === undefined ? { ...alert, contactedAt: doneAt } : alert;
    if (alert.contactedAt !== doneAt) return alert;
    const { contactedAt: _, ...rest } = alert;
    return rest;
  });
}

/** Takes an answer back, for a short while. */
export async function undoTask(tools: Tools, policy: AlertPolicy, actor: Actor, ref: Ref): Promise<Task> {
  const task = await readTask(tools, ref.patientId, ref.taskId);
  if (!task) throw notFound('task');
  if (task.state === 'open') return task;
  if (task.doneBy !== actor.userId || secondsBetween(task.doneAt ?? '', tools.now()) > policy.undoMinutes * 60)
    throw new Refusal('conflict', 'too-late', 'It is too late to take this back.');
  const { answer, doneBy: _b, doneAt = '', nextStep: _d, ...rest } = task;
  const open: Task = { ...rest, state: 'open', tookBack: { ...(answer && { answer }), at: doneAt } };
  // The task last: cut off before, it is still done and can be taken back again.
  await noteContact(tools, task, 'taken back');
  const promised = await readTask(tools, ref.patientId, promiseId(task));
  if (promised?.state === 'open')
    await changeTask(tools, { ...promised, state: 'done', doneBy: actor.userId, doneAt: tools.now() }, 'open');
  if ((await changeTask(tools, open, 'done')) === 'conflict') return await undoTask(tools, policy, actor, ref);
  return { ...open, version: open.version + 1 };
}

/** The strip "the clinic heard you" on the patient's screen: who has read it, and until when they will call. */
async function tellPatient(tools: Tools, actor: Actor, task: Task, before?: string): Promise<void> {
  const [kind, localDate] = task.taskId.split('.');
  if (kind !== 'cannot' || localDate === undefined) return;
  const { patientId } = task;
  await clinicHeard(tools, { patientId, localDate, by: actor.displayName, ...(before !== undefined && { before }) });
}

/** Who promises a call has read what the patient said: that moves from "needs me now" to "promised". */
export async function promiseToPatient(
  tools: Tools,
  actor: Actor,
  of: { readonly patientId: string; readonly patientCode: string; readonly teamId: string },
  input: PromiseInput,
): Promise<Task> {
  const said = (await readTasks(tools, of.patientId)).filter(
    (task) => task.state === 'open' && task.taskKind === 'cannot-take',
  );
  const promised = await promiseTask(tools, actor, of, input);
  for (const task of said) {
    const nextStep = { kind: input.what, on: input.on };
    const done: Task = { ...task, state: 'done', answer: 'other', nextStep, doneBy: actor.userId, doneAt: tools.now() };
    await changeTask(tools, done, 'open');
    await tellPatient(tools, actor, task, input.by);
  }
  return promised;
}

type Promised = Omit<PromiseInput, 'note'> & { readonly note?: string | undefined };

/** "I will call before 13:00": a task of the person who says it. The same id again is the same promise. */
async function promiseTask(
  tools: Tools,
  actor: Actor,
  of: { readonly patientId: string; readonly patientCode: string; readonly teamId: string },
  { taskId, what, on, by, note }: Promised,
  owed: Owed = {},
): Promise<Task> {
  const task: Task = {
    taskId,
    patientId: of.patientId,
    patientCode: of.patientCode,
    teamId: of.teamId,
    taskKind: 'promised',
    state: 'open',
    reason: { key: 'promised', params: { what } },
    ownerId: actor.userId,
    openedAt: tools.now(),
    dueOn: on,
    ...contactOwed(owed),
    ...(by !== undefined && { dueBy: by }),
    ...(note !== undefined && { note }),
    version: 0,
  };
  if ((await putTask(tools, task)) === 'stored') return { ...task, version: 1 };
  return (await readTask(tools, of.patientId, taskId)) ?? task;
}
