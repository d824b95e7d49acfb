import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../functions/alerts/acknowledge.ts';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { answerTask, undoTask } from '../../functions/alerts/answer-task.ts';
import type { OutcomeKind, ResolveInput } from '../../functions/alerts/contract.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { resolveAlert, undoResolve } from '../../functions/alerts/resolve.ts';
import { worklist } from '../../functions/alerts/worklist.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { anActor, asActor, type TestTools } from '../support/tools.ts';
import { aWitness } from '../treatment/given.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from './given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
const patientId = 'pat_1';
const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;
let alertId: string;

/** In loading, and yesterday's dose was missed: red, to be spoken with by Wednesday 09:40. */
beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { plan: { templateId: 'bpalm', start: '2026-11-29', weightKg: 54 } });
  await closeSlot(tools, { patientId, localDate: '2026-11-29', slot: 'day', witness: aWitness('CC-1', now) });
  await projectCase(tools, patientId);
  await evaluatePatient(tools, patientId);
  alertId = (await alertOf(tools, patientId))?.alertId ?? '';
});

const close = async (input: ResolveInput) =>
  await resolveAlert(tools, aTeam(), { patientId, alertId, by: 'usr_nurse', byName: 'Meera Toppo', input });
const tomorrow = { kind: 'call', on: '2026-12-01' } as const;
const without = { reason: 'invalid', errors: [{ pointer: '/nextStep' }] };

async function where() {
  const { now, promised } = await worklist(asActor(tools, nurse), aTeam());
  return [...now.map((row) => ['now', row] as const), ...promised.map((row) => ['promised', row] as const)];
}

describe('closing the alert of a patient whom nobody has spoken with', () => {
  it.each<OutcomeKind>(['not-reachable', 'refused', 'visit-planned', 'other'])(
    'as %s asks for a next step with its day',
    async (outcome) => {
      await expect(close({ outcome })).rejects.toMatchObject(without);
      await expect(close({ outcome, nextStep: { kind: 'call', on: '2026-11-01' } })).rejects.toMatchObject({
        errors: [{ pointer: '/nextStep/on' }],
      });
      expect(await close({ outcome, nextStep: tomorrow })).toMatchObject({ state: 'resolved' });
      expect((await alertOf(tools, patientId))?.contactedAt).toBeUndefined();
    },
  );

  it('leaves them among the promised, and brings them back on the day that the call is due', async () => {
    await close({ outcome: 'not-reachable', nextStep: tomorrow });
    expect(await where()).toMatchObject([['promised', { band: 'red', contactBy: '2026-12-02T04:10:00.000Z' }]]);
    tools.setNow('2026-12-01T04:00:00.000Z');
    expect(await where()).toMatchObject([['now', { kind: 'task', patient: { patientId } }]]);
  });

  it('does not wait longer than the contact may, however late the next step', async () => {
    await close({ outcome: 'not-reachable', nextStep: { kind: 'visit', on: '2026-12-12' } });
    tools.setNow('2026-12-02T05:00:00.000Z');
    const contact = { duty: 'contact', dueBy: '2026-12-02T04:10:00.000Z', late: true };
    expect(await where()).toMatchObject([['now', contact]]);
  });

  it('goes on until somebody has spoken with them, and knows when that was', async () => {
    await close({ outcome: 'refused', nextStep: tomorrow });
    const [first] = await where();
    tools.advance(24 * 3600);
    const ref = { patientId, taskId: first?.[1].rowId ?? '' };
    await expect(answerTask(tools, nurse, ref, { answer: 'not-reachable' })).rejects.toMatchObject(without);
    await answerTask(tools, nurse, ref, { answer: 'not-reachable', nextStep: { kind: 'call', on: '2026-12-02' } });
    const [again, ...more] = await where();
    expect(more).toEqual([]);
    expect(again).toMatchObject(['promised', { contactBy: '2026-12-02T04:10:00.000Z' }]);
    tools.advance(60);
    const next = { patientId, taskId: again?.[1].rowId ?? '' };
    await answerTask(tools, nurse, next, { answer: 'done' });
    expect(await where()).toEqual([]);
    expect(await alertOf(tools, patientId)).toMatchObject({ contactedAt: tools.now() });
    await undoTask(tools, alertPolicy(), nurse, next);
    expect((await alertOf(tools, patientId))?.contactedAt).toBeUndefined();
    expect(await where()).toHaveLength(1);
  });

  it('promises anew when a closing was taken back and made again', async () => {
    await close({ outcome: 'not-reachable', nextStep: tomorrow });
    tools.advance(60);
    await undoResolve(tools, alertPolicy(), { patientId, alertId, by: 'usr_nurse' });
    tools.advance(60);
    await close({ outcome: 'not-reachable', nextStep: tomorrow });
    expect(await where()).toMatchObject([['promised', {}]]);
  });

  it('needs none once they were spoken with', async () => {
    await close({ outcome: 'reached-taken-late' });
    expect(await where()).toEqual([]);
    expect(await alertOf(tools, patientId)).toMatchObject({ contactedAt: now });
  });
});

describe('an alert that somebody is on', () => {
  it('is closed by another only who knows who is on it', async () => {
    await acknowledge(tools, { patientId, alertId, by: 'usr_worker', through: 'app' });
    const input = { outcome: 'reached-taken-late' } as const;
    await expect(close(input)).rejects.toMatchObject({
      code: 'somebody-on-it',
      message: 'Phulmani Minj is on it already.',
    });
    await expect(close({ ...input, insteadOf: 'usr_boss' })).rejects.toMatchObject({ code: 'somebody-on-it' });
    expect(await close({ ...input, insteadOf: 'usr_worker' })).toMatchObject({
      acknowledgedBy: 'usr_worker',
      outcome: { by: 'usr_nurse' },
    });
  });
});
