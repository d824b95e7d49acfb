import { beforeEach, describe, expect, it } from 'vitest';
import { answerTask, undoTask } from '../../functions/alerts/answer-task.ts';
import type { TaskAnswer } from '../../functions/alerts/contract.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { patientAlerts } from '../../functions/alerts/patient-alerts.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { allocateBox, returnBox } from '../../functions/devices/allocate.ts';
import { boxWitness, heldBox } from '../../functions/devices/box-report.ts';
import { followChange, type Reach } from '../../functions/devices/follow-change.ts';
import { readBox } from '../../functions/devices/store.ts';
import { ItemChange } from '../../functions/shared/events.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { givenPatient, givenTeam, settingTools } from '../alerts/given.ts';
import { anActor, type TestTools } from '../support/tools.ts';
import { aRegistry, givenBox, type TestRegistry } from './support/given.ts';

const nurse = anActor({ userId: 'usr_nurse', roles: ['nurse'] });
const ref = { patientId: 'pat_1', taskId: 'return.pln_pat_1' };
const givenAt = '2026-11-20T04:00:00.000Z';
let tools: TestTools;
let registry: TestRegistry;
let asked: unknown[];
let reach: Reach;

/** A treatment has ended, its box is still with the patient, and somebody is asked to fetch it. */
beforeEach(async () => {
  tools = await settingTools('2026-11-30T04:10:00.000Z');
  registry = aRegistry();
  asked = [];
  reach = { registry, shadow: { put: async (_, desired) => void asked.push(desired.alarmTimes) } };
  await givenTeam(tools);
  await givenPatient(tools);
  await givenPatient(tools, { patientId: 'pat_2', code: 'GUM-0389-0' });
  await givenBox(tools, 'CC-4471', registry);
  await givenBox(tools, 'CC-1187', registry);
  await hand('CC-4471', 'pat_1', givenAt);
  const plan = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_nurse' };
  await stopTreatment(tools, plan, { reason: 'completed' });
  await evaluatePatient(tools, 'pat_1');
  tools.advance(3600);
});

const hand = async (boxId: string, patientId: string, from?: string) =>
  (await allocateBox(tools, { boxId, patientId, from, actorId: 'usr_nurse' })).outcome;
const changed = (kind: string, sk: string): ItemChange => ({
  ...{ kind, pk: 'PAT#pat_1', sk, event: 'MODIFY', at: tools.now() },
});
const follow = async () => await followChange(tools, reach, changed('task', `TASK#${ref.taskId}`));
const answer = async (said: TaskAnswer) => await answerTask(tools, nurse, ref, { answer: said });
const undo = async () => await undoTask(tools, alertPolicy(), nurse, ref);
const stretches = async () => (await readBox(tools, 'CC-4471'))?.held;

describe('a box that came back from its patient', () => {
  it('is free from the moment of the answer, and quiet; what it told before stays the patient’s', async () => {
    await followChange(tools, reach, changed('allocation', `BOX#${givenAt}`));
    const { doneAt } = await answer('box-here');
    tools.advance(60);
    expect([await follow(), await follow()]).toEqual(['returned', 'holds-none']);
    expect(await stretches()).toEqual([{ patientId: 'pat_1', from: givenAt, to: doneAt }]);
    await followChange(tools, reach, changed('allocation', `BOX#${givenAt}`));
    expect(asked.at(-1)).toEqual([]);
    const { holdings } = await boxWitness(tools, 'pat_1', givenAt, tools.now());
    expect(holdings).toEqual([{ boxId: 'CC-4471', from: givenAt, to: doneAt }]);
    expect(await hand('CC-4471', 'pat_2')).toBe('allocated');
  });

  it('is with its patient as before when the answer was a slip, and comes back when it is given again', async () => {
    await answer('box-here');
    await follow();
    await undo();
    tools.advance(60);
    expect([await follow(), await follow()]).toEqual(['goes-on', 'gone-on-already']);
    expect(await stretches()).toEqual([{ patientId: 'pat_1', from: givenAt }]);
    await answer('box-here');
    expect(await follow()).toBe('returned');
    expect(await heldBox(tools, 'pat_1')).toBeUndefined();
  });

  it('stays with whom it was given to meanwhile, whatever is taken back or heard again', async () => {
    await answer('box-here');
    await follow();
    await hand('CC-4471', 'pat_2');
    await undo();
    expect(await follow()).toBe('gone-on-already');
    expect((await readBox(tools, 'CC-4471'))?.holder).toMatchObject({ patientId: 'pat_2' });
  });

  it('leaves a box that the patient got since', async () => {
    await returnBox(tools, { patientId: 'pat_1', actorId: 'usr_nurse' });
    await hand('CC-1187', 'pat_1');
    await answer('box-here');
    expect(await follow()).toBe('holds-none');
    expect((await heldBox(tools, 'pat_1'))?.boxId).toBe('CC-1187');
  });

  it('ends the task by itself when it was taken back on the patient’s page', async () => {
    await returnBox(tools, { patientId: 'pat_1', actorId: 'usr_nurse' });
    await evaluatePatient(tools, 'pat_1');
    expect((await patientAlerts(tools, 'pat_1')).tasks).toMatchObject([{ kind: 'box-return', state: 'done' }]);
    expect(await follow()).toBe('ended by itself');
  });
});

describe('a box that cannot be fetched', () => {
  const final = () => tools.advance(alertPolicy().undoMinutes * 60 + 1);

  it('is lost once nobody can take the answer back: nobody holds it, and it may not speak', async () => {
    await answer('box-lost');
    expect(await follow()).toBe('waits');
    const waiting = tools.sent.filter(({ queue }) => queue === 'devices').map(({ message }) => message);
    expect(waiting).toMatchObject([{ delaySeconds: alertPolicy().undoMinutes * 60 + 1 }]);
    expect([...registry.active.values()]).toContain('CC-4471');
    final();
    const again = ItemChange.parse(waiting[0]?.body);
    expect(await followChange(tools, reach, again)).toBe('lost');
    expect(await followChange(tools, reach, again)).toBe('known');
    expect([...registry.active.values()]).toEqual(['CC-1187']);
    const box = await readBox(tools, 'CC-4471');
    expect(box?.profile.status).toBe('lost');
    expect(box?.holder).toBeUndefined();
  });

  it('is not lost when the answer was taken back in time', async () => {
    await answer('box-lost');
    await follow();
    await undo();
    final();
    expect(await follow()).toBe('open');
    expect((await readBox(tools, 'CC-4471'))?.profile.status).toBe('active');
    expect((await heldBox(tools, 'pat_1'))?.boxId).toBe('CC-4471');
  });
});
