import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { answerTask, undoTask } from '../../functions/alerts/answer-task.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { resolveAlert } from '../../functions/alerts/resolve.ts';
import { readTasks } from '../../functions/alerts/store.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { anActor, type TestTools } from '../support/tools.ts';
import { aWitness } from '../treatment/given.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from './given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
const patientId = 'pat_1';
const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;
const promises = async () =>
  (await readTasks(tools, patientId)).filter(({ taskKind, state }) => taskKind === 'promised' && state === 'open');

/** Red since Monday, closed as not reachable: somebody promised to call on Tuesday. */
beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { plan: { templateId: 'bpalm', start: '2026-11-29', weightKg: 54 } });
  await closeSlot(tools, { patientId, localDate: '2026-11-29', slot: 'day', witness: aWitness('CC-1', now) });
  await evaluatePatient(tools, patientId);
  const { alertId = '' } = (await alertOf(tools, patientId)) ?? {};
  const input = { outcome: 'not-reachable', nextStep: { kind: 'call', on: '2026-12-01' } } as const;
  await resolveAlert(tools, aTeam(), { patientId, alertId, by: 'usr_nurse', byName: 'Meera Toppo', input });
  tools.advance(60);
});

const dies = () => Promise.reject(new Error('killed'));

describe('an answer that was cut off and is sent again', () => {
  it('leaves its promise', async () => {
    const [{ taskId = '' } = {}] = await promises();
    const answer = { answer: 'not-reachable', nextStep: { kind: 'call', on: '2026-12-02' } } as const;
    const { alertId = '' } = (await alertOf(tools, patientId)) ?? {};
    meanwhile(tools, dies, `TASK#promise.${alertId}.20261130041100`);
    const promisedOn = async () => (await promises()).map(({ dueOn }) => dueOn);
    await expect(answerTask(tools, nurse, { patientId, taskId }, answer)).rejects.toThrow('killed');
    tools.advance(5);
    await answerTask(tools, nurse, { patientId, taskId }, answer);
    expect(await promisedOn()).toEqual(['2026-12-02']);
  });

  it('notes that somebody has spoken with the patient', async () => {
    const [{ taskId = '' } = {}] = await promises();
    meanwhile(tools, dies, 'ALERT#open');
    await expect(answerTask(tools, nurse, { patientId, taskId }, { answer: 'done' })).rejects.toThrow('killed');
    const saidAt = tools.now();
    tools.advance(5);
    await answerTask(tools, nurse, { patientId, taskId }, { answer: 'done' });
    expect(await alertOf(tools, patientId)).toMatchObject({ contactedAt: saidAt });
  });

  it('and taken back: nobody has spoken with the patient', async () => {
    const [{ taskId = '' } = {}] = await promises();
    await answerTask(tools, nurse, { patientId, taskId }, { answer: 'done' });
    meanwhile(tools, dies, 'ALERT#open');
    await expect(undoTask(tools, alertPolicy(), nurse, { patientId, taskId })).rejects.toThrow('killed');
    await undoTask(tools, alertPolicy(), nurse, { patientId, taskId });
    expect((await alertOf(tools, patientId))?.contactedAt).toBeUndefined();
    expect(await promises()).toHaveLength(1);
  });
});
