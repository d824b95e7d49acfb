import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../functions/alerts/acknowledge.ts';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { answerTask, promiseToPatient, undoTask } from '../../functions/alerts/answer-task.ts';
import { sendDigests } from '../../functions/alerts/digest.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { reassignAlert } from '../../functions/alerts/note.ts';
import { patientAlerts } from '../../functions/alerts/patient-alerts.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { resolveAlert } from '../../functions/alerts/resolve.ts';
import { changePolicy, policyView } from '../../functions/alerts/team-policy.ts';
import { worklist } from '../../functions/alerts/worklist.ts';
import { putOrganisation, teamWrite, transact } from '../../functions/organisations/store.ts';
import type { Due } from '../../functions/reminders/due.ts';
import { night, planDigest, teamNight } from '../../functions/reminders/night.ts';
import { replanPatient } from '../../functions/reminders/replan-patient.ts';
import { isWaiting } from '../../functions/reminders/store.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { addDays } from '../../functions/shared/time.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { today } from '../../functions/treatment/today.ts';
import { anActor, asActor, type TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness } from '../treatment/given.ts';
import { aPost, aTeam, deliverAll, givenPatient, givenTeam, settingTools } from './given.ts';

const now = '2026-11-30T04:10:00.000Z';
const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;

beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
});

async function opened(patientId: string, first: string, last: string): Promise<void> {
  for (let date = first, seq = 1; date <= last; date = addDays(date, 1), seq++)
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(`CC-${patientId}`, `${date}T04:00:00.000Z`, seq) });
}

async function notOpened(patientId: string, ...dates: string[]): Promise<void> {
  for (const localDate of dates)
    await closeSlot(tools, { patientId, localDate, slot: 'day', witness: aWitness(`CC-${patientId}`, now) });
}

/** One in loading who missed yesterday, one with two misses of seven, one who cannot take it. */
async function givenMonday(): Promise<void> {
  await givenPatient(tools, { patientId: 'pat_red', plan: { templateId: 'bpalm', start: '2026-11-23', weightKg: 54 } });
  await opened('pat_red', '2026-11-23', '2026-11-28');
  await notOpened('pat_red', '2026-11-29');
  for (const [patientId, code] of [
    ['pat_yellow', 1],
    ['pat_cannot', 2],
  ] as const) {
    await givenPatient(tools, { patientId, code: `GUM-000${code}-2` });
    await opened(patientId, '2026-11-20', '2026-11-26');
  }
  await opened('pat_yellow', '2026-11-28', '2026-11-28');
  await notOpened('pat_yellow', '2026-11-27', '2026-11-29');
  await opened('pat_cannot', '2026-11-27', '2026-11-29');
  const said = {
    id: 'ev1',
    kind: 'cannot-take' as const,
    at: now,
    receivedAt: now,
    localDate: '2026-11-30',
    slot: 'day',
  };
  await recordEvidence(tools, { patientId: 'pat_cannot', evidence: { ...said, reason: 'want-to-stop' } });
  for (const patientId of ['pat_red', 'pat_yellow', 'pat_cannot']) {
    await projectCase(tools, patientId);
    await evaluatePatient(tools, patientId);
  }
}

const list = async (actor = nurse) => await worklist(asActor(tools, actor), aTeam());

describe('the worklist', () => {
  it('shows red before yellow, with reason, owner, deadline and whom to call', async () => {
    await givenMonday();
    const view = await list();
    expect(view.now.map(({ patient, band, reason }) => [patient.patientId, band, reason.key])).toEqual([
      ['pat_red', 'red', 'critical-miss'],
      ['pat_yellow', 'yellow', 'of-last-days'],
      ['pat_cannot', 'yellow', 'cannot-take'],
    ]);
    expect(view.now[0]).toMatchObject({
      mine: true,
      late: false,
      dueBy: '2026-11-30T08:10:00.000Z',
      owner: { userId: 'usr_nurse', name: 'Meera Toppo' },
      patient: { name: 'Ramesh Munda', code: 'GUM-0388-2' },
    });
    expect(view.load).toEqual({ sent: 0, of: 5, patients: 3 });
    expect(view.notYet.count).toBe(3);
  });

  describe('of somebody who missed doses and wants to stop', () => {
    const patientId = 'pat_yellow';
    beforeEach(async () => {
      await givenMonday();
      const evidence = { id: 'ev2', kind: 'cannot-take' as const, at: now, receivedAt: now, localDate: '2026-11-30' };
      await recordEvidence(tools, { patientId, evidence: { ...evidence, slot: 'day', reason: 'want-to-stop' } });
      await evaluatePatient(tools, patientId);
    });
    const rowOf = async () => (await list()).now.filter((row) => row.patient.patientId === patientId);

    it('is one row that says both, and one to call in the morning', async () => {
      expect(await rowOf()).toMatchObject([
        { kind: 'alert', reason: { key: 'of-last-days' }, also: [{ kind: 'task', reason: { key: 'cannot-take' } }] },
      ]);
      tools.sent.length = 0;
      tools.setNow('2026-12-01T02:30:00.000Z');
      await sendDigests(tools, { teamId: 'team_1', localDate: '2026-12-01' });
      const post = aPost();
      await deliverAll(tools, post);
      const digest = post.sent.find(({ to }) => to === 'usr_nurse@example.org');
      expect(digest?.text).toMatch(/^Today: 3 to call, /);
    });

    it('leaves what they told us when the alert is closed', async () => {
      const { alertId = '' } = (await alertOf(tools, patientId)) ?? {};
      const close = { patientId, alertId, by: 'usr_nurse', byName: 'Meera Toppo' };
      await resolveAlert(tools, aTeam(), { ...close, input: { outcome: 'reached-not-taken', why: 'forgot' } });
      const rows = await rowOf();
      expect(rows).toMatchObject([{ kind: 'task', reason: { key: 'cannot-take' } }]);
      expect(rows[0]).not.toHaveProperty('also');
    });

    it('leaves the alert when what they told us is answered', async () => {
      const [row] = await rowOf();
      await answerTask(tools, nurse, { patientId, taskId: row?.also?.[0]?.rowId ?? '' }, { answer: 'reached' });
      const rows = await rowOf();
      expect(rows).toMatchObject([{ kind: 'alert', state: 'triggered' }]);
      expect(rows[0]).not.toHaveProperty('also');
    });
  });

  it('moves to who covers, and says for whom', async () => {
    await givenMonday();
    const by = { userId: 'usr_agnes', name: 'Agnes Kujur', roles: ['nurse'], language: 'en' };
    const cover = { coverId: 'cov_1', forUserId: 'usr_nurse', by, from: now, to: '2026-12-05T00:00:00.000Z' };
    const view = await worklist(
      asActor(tools, anActor({ userId: 'usr_agnes', roles: ['nurse'] })),
      aTeam({ covers: [cover] }),
    );
    expect(view.now[0]).toMatchObject({
      mine: true,
      owner: { userId: 'usr_agnes', coverFor: { userId: 'usr_nurse', name: 'Meera Toppo' } },
    });
  });

  it('can be emptied: a promise moves a row, tells the patient, and an answer ends it', async () => {
    await givenMonday();
    const of = { patientId: 'pat_cannot', patientCode: 'GUM-0002-2', teamId: 'team_1' };
    const input = { taskId: 'prm_1', what: 'call' as const, on: '2026-11-30', by: '2026-11-30T07:30:00.000Z' };
    await promiseToPatient(tools, nurse, of, input);
    const view = await list();
    expect(view.now.map((row) => row.patient.patientId)).toEqual(['pat_red', 'pat_yellow']);
    expect(view.promised).toMatchObject([{ patient: { patientId: 'pat_cannot' }, dueBy: input.by, mine: true }]);
    expect((await today(tools, 'pat_cannot')).heard).toMatchObject({ readBy: 'Meera Toppo', callBefore: input.by });
    const ref = { patientId: 'pat_cannot', taskId: 'prm_1' };
    await answerTask(tools, nurse, ref, { answer: 'done' });
    expect((await list()).promised).toEqual([]);
    await undoTask(tools, alertPolicy(), nurse, ref);
    expect((await list()).promised).toHaveLength(1);
  });

  it('is one audit event with its ids, and not one more for the same list', async () => {
    await givenMonday();
    await list();
    tools.units();
    await list();
    expect(tools.units().writes).toBe(0);
  });
});

describe('handing on', () => {
  it('gives an alert to a colleague, who hears of it', async () => {
    await givenMonday();
    tools.sent.length = 0;
    const { alertId = '' } = (await alertOf(tools, 'pat_red')) ?? {};
    const given = { patientId: 'pat_red', alertId, by: 'usr_nurse', byName: 'Meera Toppo', ownerId: 'usr_worker' };
    await reassignAlert(tools, aTeam(), given);
    await reassignAlert(tools, aTeam(), given);
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent.map(({ to }) => to)).toEqual(['usr_worker@example.org']);
    await expect(reassignAlert(tools, aTeam(), { ...given, ownerId: 'usr_stranger' })).rejects.toThrow(
      'does not belong',
    );
  });

  it('is seen on the patient’s page with what was told to whom', async () => {
    await givenMonday();
    const { alertId = '' } = (await alertOf(tools, 'pat_red')) ?? {};
    await acknowledge(tools, { patientId: 'pat_red', alertId, by: 'usr_worker', through: 'app' });
    const { current } = await patientAlerts(tools, 'pat_red');
    expect(current).toMatchObject({ state: 'acknowledged', acknowledged: { byName: 'Phulmani Minj' } });
    expect(current?.told.find(({ rung }) => rung === 'owner')?.name).toBe('Meera Toppo');
  });
});

describe('the morning', () => {
  it('is one message for who has something to do, and one summary for the supervisor', async () => {
    await givenMonday();
    const path = ['org_india', 'org_jharkhand'];
    await putOrganisation(tools, {
      organisationId: 'org_jharkhand',
      level: 'region',
      name: 'Jharkhand',
      path,
      version: 1,
    });
    tools.sent.length = 0;
    tools.setNow('2026-12-01T02:30:00.000Z');
    await sendDigests(tools, { teamId: 'team_1', localDate: '2026-12-01' });
    await sendDigests(tools, { teamId: 'team_1', localDate: '2026-12-01' });
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent.map(({ to, text }) => [to, text.split('\n')[0]]).sort()).toEqual([
      ['usr_boss@example.org', 'Open 2, late 2, passed on to you 0, no contact in 48 h 0.'],
      ['usr_nurse@example.org', 'Today: 3 to call, 0 promised, 0 to ask, 0 boxes.'],
    ]);
  });

  it('does not come on a day on which nobody works', async () => {
    await givenMonday();
    tools.setNow('2026-12-06T02:30:00.000Z');
    expect(await sendDigests(tools, { teamId: 'team_1', localDate: '2026-12-06' })).toBe('no working day');
  });

  it('waits at the hour that the team chose, once', async () => {
    await changePolicy(tools, 'team_1', { everyMiss: false, acknowledgeHours: 4, digestAt: '07:15' }, 0);
    tools.units();
    await planDigest(tools, aTeam());
    await planDigest(tools, aTeam());
    expect(tools.units().writes).toBe(1);
  });
});

describe('the night', () => {
  it('does not let a team with its first patient wait: the digest of the same morning is planned at once', async () => {
    tools.setNow('2026-11-29T23:30:00.000Z');
    await givenPatient(tools, { patientId: 'pat_first' });
    await replanPatient(tools, 'pat_first');
    await replanPatient(tools, 'pat_first');
    const due = tools.sent.filter((one) => one.queue === 'due').map(({ message }) => message.body as Due);
    expect(due.map(({ work }) => work.step).filter((step) => step === 'team-night')).toHaveLength(1);
    await teamNight(tools, 'team_1');
    const at = '2026-11-30T02:30:00.000Z';
    const work = { step: 'digest' as const, teamId: 'team_1', localDate: '2026-11-30' };
    expect(await isWaiting(tools, { at, ref: 'team_1.2026-11-30', work })).toBe(true);
  });

  it('hands out one piece of work per team, and each team one per patient', async () => {
    await givenMonday();
    await replanPatient(tools, 'pat_red');
    tools.sent.length = 0;
    expect(await night(tools)).toBe(1);
    expect(await teamNight(tools, 'team_1')).toBe('handed over');
    const steps = tools.sent.filter((one) => one.queue === 'due').map(({ message }) => (message.body as Due).work.step);
    expect(steps).toEqual(['team-night', 'night', 'night', 'night']);
    expect(tools.metrics).toContainEqual({ name: 'UnownedAlerts', value: 0 });
  });

  it('counts alerts whose owner has left', async () => {
    await givenMonday();
    const gone = aTeam({
      ownerId: 'usr_worker',
      members: aTeam().members.filter(({ userId }) => userId !== 'usr_nurse'),
    });
    await transact(tools, [teamWrite(tools, gone)]);
    await teamNight(tools, 'team_1');
    expect(tools.metrics.filter(({ name }) => name === 'UnownedAlerts').at(-1)?.value).toBe(2);
  });
});

describe('a team’s policy', () => {
  it('lays its choices over the defaults, each number with its source', async () => {
    const changed = await changePolicy(tools, 'team_1', { everyMiss: true, acknowledgeHours: 2, digestAt: '08:30' }, 0);
    expect(changed).toMatchObject({
      everyMiss: true,
      acknowledgeHours: 2,
      contactHours: 48,
      immediatePerDay: 5,
      version: 1,
    });
    expect(changed.citations.every(({ source }) => source.length > 10)).toBe(true);
    await expect(
      changePolicy(tools, 'team_1', { everyMiss: false, acknowledgeHours: 4, digestAt: '08:00' }, 0),
    ).rejects.toMatchObject({ reason: 'stale' });
    expect(await policyView(tools, 'team_2')).toMatchObject({ everyMiss: false, version: 0 });
  });
});
