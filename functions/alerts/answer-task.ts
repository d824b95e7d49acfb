import type { Actor } from '../shared/access.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { clinicHeard } from '../treatment/clinic-heard.ts';
import { type PromiseInput, type TaskDoneInput, taskAnswers } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import { changeTask, putTask, readTask, readTasks } from './store.ts';
import type { Task } from './task.ts';

type Ref = { readonly patientId: string; readonly taskId: string };

/** A person has done what the task asked. Sent twice, the first answer stands; a next step becomes a promise. */
export async function answerTask(tools: Tools, actor: Actor, ref: Ref, input: TaskDoneInput): Promise<Task> {
  const task = await readTask(tools, ref.patientId, ref.taskId);
  if (!task) throw notFound('task');
  if (!taskAnswers[task.taskKind].includes(input.answer)) throw invalid('/answer', 'This does not answer this task.');
  if (task.state === 'done') return task;
  const { answer, note, nextStep } = input;
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
  await tellPatient(tools, actor, next);
  if (nextStep)
    await promiseTask(tools, actor, task, {
      taskId: `promise.${task.taskId}`,
      what: nextStep.kind,
      on: nextStep.on,
      note,
    });
  return { ...next, version: next.version + 1 };
}

/** Takes an answer back, for a short while. */
export async function undoTask(tools: Tools, policy: AlertPolicy, actor: Actor, ref: Ref): Promise<Task> {
  const task = await readTask(tools, ref.patientId, ref.taskId);
  if (!task) throw notFound('task');
  if (task.state === 'open') return task;
  if (task.doneBy !== actor.userId || secondsBetween(task.doneAt ?? '', tools.now()) > policy.undoMinutes * 60)
    throw new Refusal('conflict', 'too-late', 'It is too late to take this back.');
  const { answer: _a, doneBy: _b, doneAt: _c, nextStep: _d, ...rest } = task;
  const open: Task = { ...rest, state: 'open' };
  if ((await changeTask(tools, open, 'done')) === 'conflict')
    throw new Refusal('conflict', 'busy', 'Somebody else is changing this. Try again.');
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
export async function promiseTask(
  tools: Tools,
  actor: Actor,
  of: { readonly patientId: string; readonly patientCode: string; readonly teamId: string },
  { taskId, what, on, by, note }: Promised,
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
    ...(by !== undefined && { dueBy: by }),
    ...(note !== undefined && { note }),
    version: 0,
  };
  if ((await putTask(tools, task)) === 'stored') return { ...task, version: 1 };
  return (await readTask(tools, of.patientId, taskId)) ?? task;
}
