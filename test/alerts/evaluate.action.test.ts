import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../functions/alerts/acknowledge.ts';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { climbAlert } from '../../functions/alerts/climb-alert.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { acknowledgeByLink, makeOpenLink } from '../../functions/alerts/open-link.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { resolveAlert, undoResolve } from '../../functions/alerts/resolve.ts';
import { readTasks } from '../../functions/alerts/store.ts';
import type { Due } from '../../functions/reminders/due.ts';
import { addDays, addSeconds } from '../../functions/shared/time.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import type { TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness } from '../treatment/given.ts';
import { aPost, aTeam, deliverAll, givenPatient, givenTeam, settingTools } from './given.ts';

/** A Monday, 09:40 in Kolkata; loading began on 23 November, so this is its second week. */
const now = '2026-11-30T04:10:00.000Z';
const loading = { templateId: 'bpalm', start: '2026-11-23', weightKg: 54 };
let tools: TestTools;

/** The box spoke past the end of these dosing days and was not opened. */
async function notOpened(...dates: string[]): Promise<void> {
  for (const localDate of dates)
    await closeSlot(tools, { patientId: 'pat_1', localDate, slot: 'day', witness: aWitness('CC-4471', tools.now()) });
}

async function opened(localDate: string, seq: number, receivedAt = tools.now()): Promise<void> {
  const at = `${localDate}T04:00:00.000Z`;
  await recordEvidence(tools, { patientId: 'pat_1', evidence: anOpeningOf('CC-4471', at, seq, receivedAt) });
}

async function openedThrough(first: string, last: string): Promise<void> {
  for (let date = first, seq = 1; date <= last; date = addDays(date, 1), seq++) await opened(date, seq);
}

const messages = () => tools.sent.filter((one) => one.queue === 'notifications');
const alert = async () => await alertOf(tools, 'pat_1');

beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
});

describe('a dose not opened in a loading week', () => {
  beforeEach(async () => {
    await givenPatient(tools, { plan: loading });
    await openedThrough('2026-11-23', '2026-11-28');
    await notOpened('2026-11-29');
    tools.sent.length = 0;
  });

  it('opens one red alert with an owner, a deadline in working time and a contact time', async () => {
    expect(await evaluatePatient(tools, 'pat_1')).toBe('opened');
    expect(await alert()).toMatchObject({
      band: 'red',
      critical: true,
      state: 'triggered',
      ownerId: 'usr_nurse',
      reason: { key: 'critical-miss', params: { count: 1, week: 1 } },
      acknowledgeBy: '2026-11-30T08:10:00.000Z',
      contactBy: '2026-12-02T04:10:00.000Z',
    });
  });

  it('says which rungs it skipped', async () => {
    await evaluatePatient(tools, 'pat_1');
    expect((await alert())?.told.map(({ rung, skipped }) => [rung, skipped])).toEqual([
      ['patient', 'no-channel'],
      ['supporter', 'not-there'],
      ['owner', undefined],
    ]);
  });

  it('is one alert and one set of messages however often and by how many it is judged', async () => {
    await Promise.all([1, 2, 3, 4].map(() => evaluatePatient(tools, 'pat_1')));
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent.map(({ by }) => by).sort()).toEqual(['email', 'topic']);
    await evaluatePatient(tools, 'pat_1');
    expect(messages()).toEqual([]);
  });

  it('asks again for its messages when the function died after the write', async () => {
    const dying = { ...tools, send: () => Promise.reject(new Error('killed')) };
    await expect(evaluatePatient(dying, 'pat_1')).rejects.toThrow('killed');
    expect(await alert()).toMatchObject({ state: 'triggered' });
    expect(await evaluatePatient(tools, 'pat_1')).toBe('unchanged');
    expect(messages()).toHaveLength(2);
  });

  it('names the patient by code only, with what to do', async () => {
    await evaluatePatient(tools, 'pat_1');
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent.find(({ by }) => by === 'topic')?.text).toBe('GUM-0388-2: please call by 13:40.');
    expect(JSON.stringify(post.sent)).not.toContain('Ramesh');
    expect(post.sent.find(({ by }) => by === 'email')?.text).toMatch(
      /On it: https:\/\/care\.example\.org\/o#[\w-]{22}/,
    );
  });

  it('waits for a person of two who say "I am on it": the first has it', async () => {
    await evaluatePatient(tools, 'pat_1');
    const { alertId = '' } = (await alert()) ?? {};
    const people = ['usr_nurse', 'usr_worker'];
    const outcomes = await Promise.all(
      people.map((by) => acknowledge(tools, { patientId: 'pat_1', alertId, by, through: 'app' })),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['acknowledged', 'already']);
  });

  it('can be acknowledged by the link of a message, once, for one alert, until it expires', async () => {
    await evaluatePatient(tools, 'pat_1');
    const { alertId = '' } = (await alert()) ?? {};
    const token = await makeOpenLink(tools, { patientId: 'pat_1', alertId, userId: 'usr_worker' });
    expect(await acknowledgeByLink(tools, 'not-a-token')).toEqual({ outcome: 'expired' });
    expect(await acknowledgeByLink(tools, token)).toEqual({ outcome: 'acknowledged' });
    expect(await acknowledgeByLink(tools, token)).toEqual({ outcome: 'already' });
    expect(await alert()).toMatchObject({ acknowledgedBy: 'usr_worker', acknowledgedThrough: 'link' });
    tools.advance(25 * 3600);
    expect(await acknowledgeByLink(tools, token)).toEqual({ outcome: 'expired' });
  });
});

describe('the deadline', () => {
  beforeEach(async () => {
    await givenPatient(tools, { plan: loading });
    await openedThrough('2026-11-23', '2026-11-28');
    await notOpened('2026-11-29');
    await evaluatePatient(tools, 'pat_1');
  });

  it('passes unacknowledged: a colleague has it now, with a new deadline', async () => {
    tools.setNow('2026-11-30T08:10:00.000Z');
    const { alertId = '' } = (await alert()) ?? {};
    expect(await climbAlert(tools, { patientId: 'pat_1', alertId, rung: 0 })).toBe('climbed');
    const next = await alert();
    expect(next).toMatchObject({ ownerId: 'usr_worker', ownerBefore: 'usr_nurse', rung: 1 });
    expect(next?.acknowledgeBy).toBe('2026-12-01T04:10:00.000Z');
  });

  it('climbs once per rung however often it fires, then to the supervisor, then stays in sight', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    tools.setNow('2026-11-30T08:10:00.000Z');
    await Promise.all([1, 2, 3].map(() => climbAlert(tools, { patientId: 'pat_1', alertId, rung: 0 })));
    expect((await alert())?.rung).toBe(1);
    tools.setNow('2026-12-01T04:10:00.000Z');
    await climbAlert(tools, { patientId: 'pat_1', alertId, rung: 1 });
    expect(await alert()).toMatchObject({ ownerId: 'usr_boss', rung: 2, state: 'triggered' });
    tools.sent.length = 0;
    expect(await climbAlert(tools, { patientId: 'pat_1', alertId, rung: 2 })).toBe('at the top');
  });

  it('does nothing once somebody is on it', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    await acknowledge(tools, { patientId: 'pat_1', alertId, by: 'usr_nurse', through: 'app' });
    tools.setNow('2026-11-30T08:10:00.000Z');
    expect(await climbAlert(tools, { patientId: 'pat_1', alertId, rung: 0 })).toBe('acknowledged');
  });
});

describe('closing', () => {
  const close = { patientId: 'pat_1', by: 'usr_nurse', byName: 'Meera Toppo' };

  beforeEach(async () => {
    await givenPatient(tools, { plan: loading });
    await openedThrough('2026-11-23', '2026-11-28');
    await notOpened('2026-11-29');
    await evaluatePatient(tools, 'pat_1');
    tools.sent.length = 0;
  });

  it('by a person stops everything, and the same misses open nothing again', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    const input = {
      outcome: 'reached-not-taken' as const,
      why: 'forgot' as const,
      nextStep: { kind: 'visit' as const, on: '2026-12-02' },
    };
    const closed = await resolveAlert(tools, aTeam(), { ...close, alertId, input });
    expect(closed).toMatchObject({ state: 'resolved', contactedAt: now, handledThrough: '2026-11-29' });
    expect(await readTasks(tools, 'pat_1')).toMatchObject([
      { taskKind: 'promised', dueOn: '2026-12-02', ownerId: 'usr_nurse' },
    ]);
    tools.advance(24 * 3600);
    expect(await evaluatePatient(tools, 'pat_1')).toBe('unchanged');
    expect(messages()).toEqual([]);
  });

  it('can be taken back for ten minutes', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    await resolveAlert(tools, aTeam(), { ...close, alertId, input: { outcome: 'reached-taken-late' } });
    tools.advance(300);
    const open = await undoResolve(tools, alertPolicy(), { patientId: 'pat_1', alertId, by: 'usr_nurse' });
    expect(open).toMatchObject({ state: 'acknowledged' });
    await resolveAlert(tools, aTeam(), { ...close, alertId, input: { outcome: 'side-effect' } });
    tools.advance(601);
    await expect(undoResolve(tools, alertPolicy(), { patientId: 'pat_1', alertId, by: 'usr_nurse' })).rejects.toThrow(
      'too late',
    );
  });

  it('by late evidence annotates it and tells only who was on it that there is no need', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    await acknowledge(tools, { patientId: 'pat_1', alertId, by: 'usr_worker', through: 'app' });
    await opened('2026-11-29', 9);
    expect(await evaluatePatient(tools, 'pat_1')).toBe('closed');
    expect(await alert()).toMatchObject({
      state: 'resolved',
      outcome: { kind: 'evidence-arrived' },
      misses: [{ arrivedLate: now }],
    });
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent).toEqual([
      { by: 'email', to: 'usr_worker@example.org', text: expect.stringContaining('no need to call') },
    ]);
  });

  it('opens a new alert for a new miss and keeps the old one', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    await resolveAlert(tools, aTeam(), { ...close, alertId, input: { outcome: 'reached-taken-late' } });
    tools.setNow('2026-12-01T04:10:00.000Z');
    await notOpened('2026-11-30');
    expect(await evaluatePatient(tools, 'pat_1')).toBe('opened');
    const next = await alert();
    expect(next?.alertId).not.toBe(alertId);
    expect(next).toMatchObject({ misses: [{ localDate: '2026-11-30' }] });
  });

  it('by a death tells nobody anything any more, whatever is queued', async () => {
    const { alertId = '' } = (await alert()) ?? {};
    await acknowledge(tools, { patientId: 'pat_1', alertId, by: 'usr_nurse', through: 'app' });
    tools.setNow('2026-12-01T04:10:00.000Z');
    await notOpened('2026-11-30');
    await evaluatePatient(tools, 'pat_1');
    const ref = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'died' });
    expect(await evaluatePatient(tools, 'pat_1')).toBe('closed');
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent).toEqual([]);
    expect(await evaluatePatient(tools, 'pat_1')).toBe('unchanged');
  });
});

describe('what is not urgent', () => {
  it('a single dose not opened outside critical weeks tells nobody and goes when the next is taken', async () => {
    await givenPatient(tools);
    await openedThrough('2026-11-20', '2026-11-28');
    await notOpened('2026-11-29');
    tools.sent.length = 0;
    expect(await evaluatePatient(tools, 'pat_1')).toBe('opened');
    expect(await alert()).toMatchObject({ band: 'notice' });
    expect(messages()).toEqual([]);
    tools.advance(3600);
    await opened('2026-11-30', 50);
    expect(await evaluatePatient(tools, 'pat_1')).toBe('closed');
    expect(await alert()).toMatchObject({ outcome: { kind: 'back-on-track' } });
  });

  it('silence of a box is a question after three dosing days, never an alarm', async () => {
    await givenPatient(tools);
    await openedThrough('2026-11-20', '2026-11-26');
    for (const localDate of ['2026-11-27', '2026-11-28', '2026-11-29']) {
      const witness = aWitness('CC-4471', '2026-11-26T10:00:00.000Z');
      await closeSlot(tools, { patientId: 'pat_1', localDate, slot: 'day', witness });
    }
    await evaluatePatient(tools, 'pat_1');
    expect(await alert()).toBeUndefined();
    expect(await readTasks(tools, 'pat_1')).toMatchObject([
      { taskKind: 'ask-patient', state: 'open', reason: { params: { days: 3 } } },
    ]);
    await opened('2026-11-29', 77);
    await evaluatePatient(tools, 'pat_1');
    expect(await readTasks(tools, 'pat_1')).toMatchObject([{ state: 'done', doneBy: 'evidence' }]);
  });

  it('"cannot take" reaches the owner the same day, before any miss', async () => {
    await givenPatient(tools);
    await openedThrough('2026-11-20', '2026-11-29');
    const at = tools.now();
    const evidence = {
      id: 'ev1',
      kind: 'cannot-take' as const,
      at,
      receivedAt: at,
      localDate: '2026-11-30',
      slot: 'day',
      reason: 'side-effect',
    };
    await recordEvidence(tools, { patientId: 'pat_1', evidence });
    tools.sent.length = 0;
    await evaluatePatient(tools, 'pat_1');
    expect(await readTasks(tools, 'pat_1')).toMatchObject([
      { taskKind: 'cannot-take', dueBy: '2026-11-30T08:10:00.000Z', reason: { params: { reason: 'side-effect' } } },
    ]);
    const post = aPost();
    await deliverAll(tools, post);
    expect(post.sent.map(({ text }) => text)).toEqual([
      expect.stringContaining('GUM-0388-2: asks for your call by 13:40.'),
    ]);
  });
});

it('due work of the deadline carries the alert and its rung', async () => {
  await givenPatient(tools, { plan: loading });
  await openedThrough('2026-11-23', '2026-11-28');
  await notOpened('2026-11-29');
  const short = alertPolicy();
  expect(short.acknowledgeHours).toBe(4);
  tools.setNow('2026-11-30T11:25:00.000Z');
  await evaluatePatient(tools, 'pat_1');
  const due = tools.sent.filter((one) => one.queue === 'due').map((one) => one.message.body as Due);
  expect(due.filter((one) => one.work.step === 'acknowledge-by')).toEqual([]);
  expect((await alert())?.acknowledgeBy).toBe(addSeconds('2026-12-01T03:30:00.000Z', 4 * 3600 - 300));
});
