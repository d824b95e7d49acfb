import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../functions/alerts/acknowledge.ts';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { resolveAlert } from '../../functions/alerts/resolve.ts';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { deliver, Queued } from '../../functions/notifications/deliver.ts';
import type { Due } from '../../functions/reminders/due.ts';
import { handOver } from '../../functions/reminders/hand-over.ts';
import { replanPatient } from '../../functions/reminders/replan-patient.ts';
import { runDue } from '../../functions/reminders/run-due.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { authorise } from '../../functions/shared/authorise.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { declareAway } from '../../functions/treatment/away.ts';
import { days } from '../../functions/treatment/days.ts';
import { changePlan } from '../../functions/treatment/revise-plan.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { aPost, aTeam, givenPatient, givenPhone, givenTeam, type TestPost } from '../alerts/given.ts';
import { aHeartbeat, anOpening } from '../devices/support/events.ts';
import { deviceEnv, givenBox, sends } from '../devices/support/given.ts';
import { anActor, aTools, type TestTools } from '../support/tools.ts';

/** 07:00 in Kolkata; the tablet is due at 08:00, again at 10:00, until 03:00. */
const seven = '2026-11-30T01:30:00.000Z';
let tools: TestTools;
let post: TestPost;
let seq: number;

beforeEach(async () => {
  tools = await aTools({
    now: '2026-11-29T21:40:00.000Z',
    env: { ...deviceEnv, APP_ORIGIN: 'https://care.example.org' },
  });
  post = aPost();
  seq = 0;
  await givenTeam(tools);
});

/** A patient with a phone and a live box that was heard just now. */
async function givenPatientWithBox(phone: string | 'none' = '+919431180001', plan = {}): Promise<void> {
  await givenBox(tools, 'CC-4471');
  await givenPatient(tools, phone === 'none' ? { plan } : { phone, plan });
  await allocateBox(tools, {
    boxId: 'CC-4471',
    patientId: 'pat_1',
    from: '2026-11-29T21:35:00.000Z',
    actorId: 'usr_nurse',
  });
  await beat();
  await replanPatient(tools, 'pat_1');
  tools.setNow(seven);
  await beat();
  tools.sent.length = 0;
}

async function beat(): Promise<void> {
  seq += 1;
  await sends(tools, aHeartbeat({ seq, deviceTime: tools.now().replace('.000', '') }));
}

async function opens(): Promise<void> {
  seq += 1;
  await sends(tools, anOpening({ seq, deviceTime: tools.now().replace('.000', '') }));
  await projectCase(tools, 'pat_1');
}

/** Ticks, does what is due on its second and delivers, until an instant. */
async function until(end: string): Promise<string[]> {
  const did: string[] = [];
  for (let minute = tools.now(); minute < end; minute = addSeconds(minute, 60)) {
    tools.setNow(addSeconds(minute, 60));
    await handOver(tools);
    for (const { message } of tools.sent.splice(0)) {
      const body = message.body as Due | Queued;
      if (!('work' in body)) did.push(await deliver(tools, post, Queued.parse(body)));
      else {
        if (body.at > tools.now()) tools.setNow(body.at);
        did.push(`${body.work.step}: ${await runDue(tools, body)}`);
      }
    }
  }
  return did;
}

const status = async () => (await days(tools, 'pat_1', '2026-11-30', '2026-11-30'))[0]?.slots[0]?.status;
/** What the tick itself costs: one write a minute, whoever is due. */
const ticks = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;

describe('a day with a live box', () => {
  it('reminds at 08:00, again at 10:00 when the box says it stayed shut, and closes at 03:00', async () => {
    await givenPatientWithBox();
    expect(await until('2026-11-30T02:33:00.000Z')).toEqual(['remind: reminded', 'sent']);
    tools.setNow('2026-11-30T04:20:00.000Z');
    await beat();
    expect(await until('2026-11-30T04:33:00.000Z')).toEqual(['remind-again: reminded', 'sent']);
    tools.setNow('2026-11-30T20:40:00.000Z');
    await beat();
    tools.setNow('2026-11-30T21:28:00.000Z');
    const closing = await until('2026-11-30T21:33:00.000Z');
    expect(closing[0]).toBe('close: waiting');
    await beat();
    expect(await status()).toBe('shut');
  });

  it('does not nag a second time when the box is not live', async () => {
    await givenPatientWithBox();
    await until('2026-11-30T02:33:00.000Z');
    tools.setNow('2026-11-30T04:28:00.000Z');
    expect(await until('2026-11-30T04:33:00.000Z')).toEqual(['remind-again: not known to be shut']);
  });

  it('does nothing at 08:00 for a dose that was taken before', async () => {
    await givenPatientWithBox();
    await opens();
    expect(await until('2026-11-30T02:33:00.000Z')).toEqual(['remind: answered']);
    expect(post.sent).toEqual([]);
  });
});

describe('write units', () => {
  it('a dose taken before its reminder: at most 5, timers included', async () => {
    await givenPatientWithBox();
    await projectCase(tools, 'pat_1');
    tools.units();
    await opens();
    tools.setNow('2026-11-30T02:28:00.000Z');
    const ran = '2026-11-30T02:33:00.000Z';
    await until(ran);
    const used = tools.units().writes - ticks('2026-11-30T02:28:00.000Z', ran);
    // The timer of this dose was written the day before and counts to it; the one written now is tomorrow's.
    expect(used).toBeLessThanOrEqual(5);
    expect(used).toBe(4);
  });

  it('a dose taken after one reminder: at most 7', async () => {
    await givenPatientWithBox();
    await projectCase(tools, 'pat_1');
    tools.setNow('2026-11-30T02:28:00.000Z');
    tools.units();
    await until('2026-11-30T02:33:00.000Z');
    expect(post.sent).toHaveLength(1);
    tools.setNow('2026-11-30T03:00:00.000Z');
    await opens();
    tools.setNow('2026-11-30T04:28:00.000Z');
    await until('2026-11-30T04:33:00.000Z');
    const used = tools.units().writes - 2 * 5;
    expect(used).toBeLessThanOrEqual(7);
  });

  it('a due minute: at most 3 a dose, no transaction', async () => {
    await givenPatientWithBox();
    tools.setNow('2026-11-30T02:28:00.000Z');
    tools.units();
    await until('2026-11-30T02:33:00.000Z');
    expect(tools.units().writes - 5).toBeLessThanOrEqual(3);
    expect(post.sent).toHaveLength(1);
  });
});

describe('a dose missed, alerted, acknowledged and closed', () => {
  it('costs at most 26 write units, audit, timers and messages included', async () => {
    await givenPatientWithBox('none', { templateId: 'bpalm', start: '2026-11-30', weightKg: 54 });
    await givenPhone(tools, 'usr_nurse');
    const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
    await projectCase(tools, 'pat_1');
    tools.setNow('2026-11-30T02:28:00.000Z');
    tools.units();
    await until('2026-11-30T02:31:00.000Z');
    tools.setNow('2026-11-30T20:40:00.000Z');
    await beat();
    tools.setNow('2026-11-30T21:28:00.000Z');
    await until('2026-11-30T21:32:00.000Z');
    await projectCase(tools, 'pat_1');
    await beat();
    await projectCase(tools, 'pat_1');
    tools.setNow('2026-12-01T04:10:00.000Z');
    expect(await evaluatePatient(tools, 'pat_1')).toBe('opened');
    await projectCase(tools, 'pat_1');
    for (const { message } of tools.sent.splice(0)) await deliver(tools, post, Queued.parse(message.body));
    expect(post.sent.map(({ by }) => by).sort()).toEqual(['push', 'topic']);
    const { alertId = '' } = (await alertOf(tools, 'pat_1')) ?? {};
    await authorise(tools, nurse, { kind: 'patient', id: 'pat_1' }, 'care', 'acknowledge an alert');
    await acknowledge(tools, { patientId: 'pat_1', alertId, by: 'usr_nurse', through: 'app' });
    await projectCase(tools, 'pat_1');
    await authorise(tools, nurse, { kind: 'patient', id: 'pat_1' }, 'care', 'close an alert with its outcome');
    const input = { outcome: 'reached-taken-late' as const };
    await resolveAlert(tools, aTeam(), { patientId: 'pat_1', alertId, by: 'usr_nurse', byName: 'Meera Toppo', input });
    await projectCase(tools, 'pat_1');
    // One write a minute is the tick's own, and a box that says nothing of a dose costs one each time.
    const ticksAndHeartbeat = 3 + 4 + 1;
    expect(tools.units().writes - ticksAndHeartbeat).toBeLessThanOrEqual(26);
  });
});

describe('what was planned', () => {
  it('does nothing when the plan has moved on, and the new time is kept', async () => {
    await givenPatientWithBox();
    const ref = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
    await changePlan(tools, ref, {
      from: '2026-11-30',
      reason: 'works early',
      slots: [{ name: 'day', time: '09:00' }],
    });
    tools.sent.length = 0;
    expect(await until('2026-11-30T02:33:00.000Z')).toEqual(['remind: no longer asked for']);
    tools.setNow('2026-11-30T03:28:00.000Z');
    expect(await until('2026-11-30T03:33:00.000Z')).toEqual(['remind: reminded', 'sent']);
  });

  it('does nothing after treatment has ended', async () => {
    await givenPatientWithBox();
    const ref = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'died' });
    tools.sent.length = 0;
    expect(await until('2026-11-30T02:33:00.000Z')).toEqual(['remind: no longer asked for']);
    expect(post.sent).toEqual([]);
  });

  it('asks "back with the box?" the morning after an away should have ended', async () => {
    await givenPatientWithBox();
    const input = {
      awayId: 'awy_1',
      reason: 'travelling-without-box' as const,
      from: '2026-11-30',
      expectedEnd: '2026-11-30',
      recordedBy: 'patient' as const,
    };
    await declareAway(tools, { patientId: 'pat_1', author: 'usr_nurse', input });
    tools.sent.length = 0;
    tools.setNow('2026-12-01T02:28:00.000Z');
    expect(await until('2026-12-01T02:33:00.000Z')).toContain('check: unchanged');
  });

  it('is repaired at night when a timer was lost', async () => {
    await givenPatientWithBox();
    expect(await replanPatient(tools, 'pat_1', 'repair')).toBe('planned');
    tools.units();
    await replanPatient(tools, 'pat_1', 'repair');
    expect(tools.units().writes).toBe(0);
  });
});
