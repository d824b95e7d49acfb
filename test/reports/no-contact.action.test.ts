import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf, endedAlertsOf, openWorkOf } from '../../functions/alerts/alert-of.ts';
import { answerTask } from '../../functions/alerts/answer-task.ts';
import type { ResolveInput } from '../../functions/alerts/contract.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { resolveAlert } from '../../functions/alerts/resolve.ts';
import { withoutContact } from '../../functions/reports/no-contact.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from '../alerts/given.ts';
import { anActor, type TestTools } from '../support/tools.ts';
import { aWitness } from '../treatment/given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
const contactBy = '2026-12-02T04:10:00.000Z';
const afterwards = '2026-12-02T04:11:00.000Z';
const patientId = 'pat_1';
const nurse = anActor({ userId: 'usr_nurse', roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;
let alertId: string;

/** In loading, and yesterday's dose was missed: red, to be spoken with by Wednesday 09:40. */
beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { plan: { templateId: 'bpalm', start: '2026-11-29', weightKg: 54 } });
  await closeSlot(tools, { patientId, localDate: '2026-11-29', slot: 'day', witness: aWitness('CC-1', now) });
  await evaluatePatient(tools, patientId);
  alertId = (await alertOf(tools, patientId))?.alertId ?? '';
});

const close = async (input: ResolveInput) =>
  await resolveAlert(tools, aTeam(), { patientId, alertId, by: 'usr_nurse', byName: 'Meera Toppo', input });

async function late() {
  const { alerts, owed } = await openWorkOf(tools, 'team_1');
  const ended = await endedAlertsOf(tools, 'team_1', ['2026-11', '2026-12']);
  return withoutContact({ open: alerts, ended, owed }, tools.now());
}

describe('a red patient with whom nobody has spoken', () => {
  it('is named once the 48 hours are over, while the alert is open', async () => {
    expect(await late()).toEqual([]);
    tools.setNow(afterwards);
    expect(await late()).toMatchObject([{ alertId, patientId, contactBy, openedAt: now, ownerId: 'usr_nurse' }]);
  });

  it.each(['not-reachable', 'refused'] as const)('is named too when it was closed as %s', async (outcome) => {
    await close({ outcome, nextStep: { kind: 'visit', on: '2026-12-12' } });
    expect(await late()).toEqual([]);
    tools.setNow(afterwards);
    expect(await late()).toMatchObject([{ alertId, patientId, contactBy, openedAt: now, ownerId: 'usr_nurse' }]);
  });

  it('stays named through every further promise, until somebody has spoken with them', async () => {
    await close({ outcome: 'not-reachable', nextStep: { kind: 'call', on: '2026-12-01' } });
    const promised = async () => (await openWorkOf(tools, 'team_1')).owed[0]?.taskId ?? '';
    tools.setNow(afterwards);
    const nextStep = { kind: 'call', on: '2026-12-03' } as const;
    await answerTask(tools, nurse, { patientId, taskId: await promised() }, { answer: 'not-reachable', nextStep });
    expect(await late()).toMatchObject([{ alertId }]);
    await answerTask(tools, nurse, { patientId, taskId: await promised() }, { answer: 'done' });
    expect(await late()).toEqual([]);
  });

  it('is not named when they were reached', async () => {
    await close({ outcome: 'reached-not-taken' });
    tools.setNow(afterwards);
    expect(await late()).toEqual([]);
  });
});
