import { alertPolicy } from '../alerts/policy.ts';
import { taskOf } from '../alerts/task-of.ts';
import type { ItemChange } from '../shared/events.ts';
import { addSeconds, secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { returnBox } from './allocate.ts';
import { holdOn } from './hold-on.ts';
import { loseBox } from './lifecycle.ts';
import type { Revocation } from './revocation.ts';
import { readBox, readHolds } from './store.ts';

type Answered = NonNullable<Awaited<ReturnType<typeof taskOf>>>;

/**
 * Somebody was asked to fetch a box and has answered. "Box is here": the patient holds it no more, from the moment of the answer;
 * taken back, they hold it on as though nobody had said so. "Box is lost" ends its certificates, which nothing brings back:
 * it is followed once the answer can no longer be taken back. Reads the task as it is now, so any repetition ends the same.
 */
export async function followAnswer(tools: Tools, registry: Revocation, change: ItemChange): Promise<string> {
  const patientId = change.pk.replace(/^PAT#/, '');
  const task = await taskOf(tools, patientId, change.sk.replace(/^TASK#/, ''));
  if (task?.taskKind !== 'box-return') return 'no box asked for';
  if (task.state === 'open') return await takenBack(tools, task);
  if (task.answer === 'box-here') return await cameBack(tools, task);
  return task.answer === 'box-lost' ? await gotLost(tools, registry, task, change) : 'ended by itself';
}

async function cameBack(tools: Tools, task: Answered): Promise<string> {
  const { patientId, doneAt: at, doneBy: actorId = '' } = task;
  const holds = await heldThen(tools, task);
  if (!holds) return 'holds-none';
  return (await returnBox(tools, { patientId, at, actorId, heldSince: holds.from })).outcome;
}

async function gotLost(tools: Tools, registry: Revocation, task: Answered, change: ItemChange): Promise<string> {
  const { patientId, doneAt = '', doneBy: actorId = '', note } = task;
  const final = addSeconds(doneAt, alertPolicy().undoMinutes * 60 + 1);
  const waits = secondsBetween(tools.now(), final);
  if (waits > 0) {
    await tools.send('devices', [{ body: change, delaySeconds: Math.ceil(waits) }]);
    return 'waits';
  }
  const boxId = (await heldThen(tools, task))?.boxId ?? boxOf(task);
  const box = boxId === undefined ? undefined : await readBox(tools, boxId);
  if (!box) return 'holds-none';
  const { profile, holder } = box;
  if (holder ? holder.patientId !== patientId : profile.status === 'lost') return 'known';
  await loseBox(tools, registry, {
    boxId: profile.boxId,
    actorId,
    reason: note ?? 'not found when it was to be fetched',
  });
  return 'lost';
}

async function takenBack(tools: Tools, task: Answered): Promise<string> {
  const { patientId, tookBack } = task;
  const boxId = boxOf(task);
  if (tookBack?.answer !== 'box-here' || boxId === undefined) return 'open';
  return await holdOn(tools, { boxId, patientId, endedAt: tookBack.at });
}

/** What they held when they were asked for it: not another box that they got since. */
async function heldThen(tools: Tools, { patientId, openedAt }: Answered) {
  const holds = await readHolds(tools, patientId);
  return holds && holds.from <= openedAt ? holds : undefined;
}

function boxOf({ reason }: Answered): string | undefined {
  return 'boxId' in reason.params ? reason.params.boxId : undefined;
}
