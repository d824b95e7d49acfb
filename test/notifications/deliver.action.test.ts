import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { archiveIncident, putIncident } from '../../functions/devices/incident-store.ts';
import { deliver, type Queued } from '../../functions/notifications/deliver.ts';
import { inbox, readNotices } from '../../functions/notifications/inbox.ts';
import { patientLog } from '../../functions/notifications/patient-log.ts';
import { NotSent } from '../../functions/notifications/post.ts';
import { deleteDevice, putDevice, readDevices, writePreferences } from '../../functions/notifications/reach-store.ts';
import { requestMissing } from '../../functions/notifications/request-message.ts';
import { sendAgain, undeliveredOf } from '../../functions/notifications/undelivered.ts';
import { type Due, shardOf } from '../../functions/reminders/due.ts';
import { readBucket } from '../../functions/reminders/store.ts';
import { nextMark } from '../../functions/shared/time.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import {
  aPost,
  deliverAll,
  givenPatient,
  givenPhone,
  givenTeam,
  settingTools,
  type TestPost,
} from '../alerts/given.ts';
import { givenBox } from '../devices/support/given.ts';
import type { TestTools } from '../support/tools.ts';
import { anOpeningOf } from '../treatment/given.ts';
import { aMessage, aReminder } from './given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
let tools: TestTools;
let post: TestPost;

beforeEach(async () => {
  tools = await settingTools(now);
  post = aPost();
  await givenTeam(tools);
});

const queued = () => tools.sent.filter((one) => one.queue === 'notifications').map((one) => one.message);

describe('a message', () => {
  it('goes out once however often it is delivered, and by how many at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(() => deliver(tools, post, aMessage())));
    tools.sent.length = 0;
    await deliver(tools, post, aMessage());
    expect(post.sent).toHaveLength(1);
  });

  it('reaches the next device, and the next channel, whatever happens to one device', async () => {
    await givenPhone(tools, 'usr_nurse');
    const [first] = await readDevices(tools, 'usr_nurse');
    if (!first) throw new Error('no device');
    await putDevice(tools, 'usr_nurse', { ...first, subscriptionId: 'dev_z', endpoint: 'https://push.example/z' });
    const { push } = post;
    post.push = async (device, message) => {
      if (device.subscriptionId !== 'dev_z') throw new TypeError('Invalid URL');
      return await push(device, message);
    };
    await deliver(tools, post, aMessage(1));
    expect(post.sent).toMatchObject([{ by: 'push', to: 'https://push.example/z' }]);
    await deleteDevice(tools, 'usr_nurse', 'dev_z');
    await deliver(tools, post, aMessage(2));
    expect(post.sent.map(({ by }) => by)).toEqual(['push', 'email']);
  });

  it('goes by push when there is a device, and costs two writes, its place among the five included', async () => {
    await givenPhone(tools, 'usr_nurse');
    tools.units();
    await deliver(tools, post, aMessage());
    expect(post.sent).toMatchObject([{ by: 'push', text: 'GUM-0388-2: please call by 13:40.' }]);
    expect(tools.units().writes).toBe(2);
  });

  it('survives five throttlings and is sent once', async () => {
    let left = 5;
    post.fail = () => (left-- > 0 ? new NotSent('Throttling', false) : undefined);
    const outcomes = [await deliver(tools, post, aMessage()), ...(await deliverAll(tools, post))];
    expect(outcomes).toEqual(['again', 'again', 'again', 'again', 'again', 'sent']);
    expect(post.sent).toHaveLength(1);
  });

  it('waits longer after each failure', async () => {
    post.fail = () => new NotSent('Throttling', false);
    await deliver(tools, post, aMessage());
    const first = queued()[0];
    await deliver(tools, post, first?.body as Queued);
    expect(queued().map((message) => message.delaySeconds)).toEqual([5, 10]);
  });

  it('is parked where administrators see it, and can be sent again', async () => {
    post.fail = () => new NotSent('Throttling', false);
    await deliver(tools, post, aMessage());
    expect((await deliverAll(tools, post)).at(-1)).toBe('undelivered');
    expect(tools.metrics).toContainEqual({ name: 'UndeliveredMessages', value: 1 });
    expect(await undeliveredOf(tools, 'team_1')).toMatchObject([{ state: 'undelivered', attempts: { length: 8 } }]);
    post.fail = undefined;
    tools.advance(600);
    await sendAgain(tools, 'team_1', 'alt_1.opened');
    await deliverAll(tools, post);
    expect(post.sent).toHaveLength(1);
    expect(await undeliveredOf(tools, 'team_1')).toEqual([]);
  });

  it('takes the next channel when one says no for good, and remembers it', async () => {
    await givenPhone(tools, 'usr_nurse');
    post.push = async () => {
      throw new NotSent('device-gone', true);
    };
    await deliver(tools, post, aMessage());
    await deliver(tools, post, aMessage());
    expect(post.sent.map(({ by }) => by)).toEqual(['email']);
  });

  it('is tried again when a function died between claim and sending', async () => {
    const dying = aPost();
    dying.email = () => Promise.reject(new Error('killed'));
    await expect(deliver(tools, dying, aMessage())).rejects.toThrow('killed');
    expect(await deliver(tools, post, aMessage())).toBe('busy');
    tools.advance(46);
    await deliverAll(tools, post);
    expect(post.sent).toHaveLength(1);
  });

  it('asked for again after a crash is only sent when the log does not know it', async () => {
    await deliver(tools, post, aMessage());
    expect(await requestMissing(tools, [aMessage(), aMessage(2)])).toBe(1);
  });
});

describe('the five a day', () => {
  it('hold whoever sends at the same time; the rest become one', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => deliver(tools, post, aMessage(i))));
    await deliverAll(tools, post);
    const texts = post.sent.map(({ text }) => text.split('\n')[0]);
    expect(texts.filter((text) => text?.startsWith('GUM'))).toHaveLength(5);
    expect(texts.filter((text) => text?.startsWith('More patients'))).toHaveLength(1);
    expect(texts).toHaveLength(6);
  });

  it('begin anew with the local day', async () => {
    for (let i = 0; i < 5; i++) await deliver(tools, post, aMessage(i));
    tools.setNow('2026-12-01T04:10:00.000Z');
    await deliver(tools, post, aMessage(9, { at: tools.now() }));
    expect(post.sent).toHaveLength(6);
  });

  it('stand in the inbox one by one, and are read once', async () => {
    for (let i = 0; i < 7; i++) await deliver(tools, post, aMessage(i));
    await deliverAll(tools, post);
    const before = await inbox(tools, 'usr_nurse', 'en');
    expect(before.unread).toBe(8);
    await readNotices(tools, 'usr_nurse', ['alt_1.opened', 'alt_6.opened']);
    expect((await inbox(tools, 'usr_nurse', 'en')).unread).toBe(6);
  });
});

describe('the hour', () => {
  const due = () => tools.sent.filter((one) => one.queue === 'due').map((one) => one.message.body as Due);

  it('waits for working time, and is there at its start', async () => {
    tools.setNow('2026-11-30T20:10:00.000Z');
    tools.units();
    expect(await deliver(tools, post, aMessage())).toBe('deferred');
    expect(post.sent).toEqual([]);
    expect(tools.units().writes).toBe(1);
  });

  it('does not matter to who is on call', async () => {
    tools.setNow('2026-11-30T20:10:00.000Z');
    await deliver(tools, post, aMessage(1, { onCall: true }));
    expect(post.sent).toHaveLength(1);
  });

  it('waits for the end of quiet hours, a minute away or a night', async () => {
    tools.setNow('2026-11-30T04:29:10.000Z');
    const quiet = {
      push: true,
      sms: true,
      email: true,
      language: 'en' as const,
      quietHours: { from: '09:30', to: '10:00' },
    };
    await writePreferences(tools, { kind: 'user', id: 'usr_nurse' }, quiet, 0);
    expect(await deliver(tools, post, aMessage())).toBe('deferred');
    expect(due()).toMatchObject([{ at: '2026-11-30T04:30:00.000Z', work: { step: 'send' } }]);
  });
});

describe('a message to a patient', () => {
  it('reminds in neutral words, noted on the day with two writes', async () => {
    await givenPatient(tools, { phone: '+919431180001' });
    tools.units();
    await deliver(tools, post, aReminder());
    expect(tools.units().writes).toBe(2);
    await deliver(tools, post, aReminder());
    expect(post.sent).toEqual([{ by: 'sms', to: '+919431180001', text: 'Hello! Your small reminder for 08:00.' }]);
    expect((await patientLog(tools, 'pat_1')).entries).toMatchObject([
      { template: 'dose-reminder', channel: 'sms', state: 'sent' },
    ]);
  });

  it('stands in the log of the patient with what went to who helps them, and why something did not go', async () => {
    await givenPatient(tools, { supporter: true });
    const patient = {
      to: { kind: 'patient' as const, id: 'pat_1' },
      template: 'clinic-will-call' as const,
      params: {},
    };
    await deliver(tools, post, aMessage(1, patient));
    const about = { kind: 'alert' as const, patientId: 'pat_1', alertId: 'alt_1', while: 'any' as const };
    const check = { to: { kind: 'supporter' as const, id: 'sup_1' }, template: 'supporter-check' as const, params: {} };
    await deliver(tools, post, aMessage(2, { ...check, about, at: '2026-11-30T04:11:00.000Z' }));
    const { entries } = await patientLog(tools, 'pat_1');
    expect(entries).toMatchObject([
      { template: 'supporter-check', to: { kind: 'supporter' }, channel: 'sms', state: 'sent' },
      { template: 'clinic-will-call', state: 'dropped', why: 'no-channel', reason: 'nowhere' },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/\+91|Hello|नमस्ते/);
  });

  it('does not nag who has taken the dose meanwhile', async () => {
    await givenPatient(tools, { phone: '+919431180001' });
    await recordEvidence(tools, {
      patientId: 'pat_1',
      evidence: anOpeningOf('CC-4471', '2026-11-30T04:00:00.000Z', 1),
    });
    expect(await deliver(tools, post, aReminder())).toBe('no longer so');
  });

  it('needs a channel; without one nothing is written', async () => {
    await givenPatient(tools);
    tools.units();
    expect(await deliver(tools, post, aReminder())).toBe('no channel');
    expect(tools.units().writes).toBe(0);
  });
});

describe('while a facility’s boxes are silent together', () => {
  const incident = {
    incidentId: 'inc_1',
    facilityId: 'org_gumla',
    state: 'open' as const,
    openedAt: now,
    silentBoxes: 40,
    allBoxes: 150,
    boxIds: [],
    policyVersion: 'i1',
  };

  async function givenHolder() {
    await givenPatient(tools, { phone: '+919431180001', supporter: true });
    await givenBox(tools);
    await allocateBox(tools, {
      boxId: 'CC-4471',
      patientId: 'pat_1',
      from: '2026-11-20T04:00:00.000Z',
      actorId: 'usr_nurse',
    });
    await putIncident(tools, incident, 'none');
  }

  it('who may have opened a box that cannot speak is not reminded, a first time neither', async () => {
    await givenHolder();
    const { about } = aReminder();
    const again = aReminder({
      template: 'dose-reminder-again',
      about: { ...about, step: 'remind-again' } as typeof about,
    });
    expect(await deliver(tools, post, again)).toBe('held');
    expect(await deliver(tools, post, aReminder())).toBe('held');
    expect(post.sent).toEqual([]);
  });

  it('supporters wait as patients do, staff hear as ever', async () => {
    await givenHolder();
    const check = aReminder({
      to: { kind: 'supporter', id: 'sup_1' },
      template: 'supporter-check',
      about: { kind: 'alert', patientId: 'pat_1', alertId: 'alt_1', while: 'any' },
    });
    expect(await deliver(tools, post, check)).toBe('held');
    expect(await deliver(tools, post, aMessage())).toBe('sent');
  });

  it('asks again at one time, however often it was held meanwhile, and holds nothing that has no channel', async () => {
    await givenHolder();
    for (const seconds of [0, 1, 70]) {
      tools.advance(seconds);
      expect(await deliver(tools, post, aReminder())).toBe('held');
    }
    const { to, messageId } = aReminder();
    const at = nextMark(tools.now(), 1800);
    const waiting = await readBucket(tools, at.slice(0, 13), shardOf(`${to.id}.${messageId}`), '00', '59');
    expect(waiting.map((due) => due.at)).toEqual([at]);
    const byPush = aReminder({ channels: ['push'] });
    expect(await deliver(tools, post, byPush)).toBe('no channel');
  });

  it('what was held goes when it is over and still so, and does not when the late opening came', async () => {
    await givenHolder();
    await deliver(tools, post, aReminder());
    await archiveIncident(tools, { ...incident, state: 'closed', closedAt: now });
    tools.advance(1800);
    expect(await deliver(tools, post, aReminder())).toBe('sent');
    const opening = anOpeningOf('CC-4471', '2026-11-30T04:00:00.000Z', 1);
    await recordEvidence(tools, { patientId: 'pat_1', evidence: opening });
    expect(await deliver(tools, post, aReminder())).toBe('no longer so');
  });

  it('a dose that no box watches is reminded of: nothing else would', async () => {
    await givenPatient(tools, { phone: '+919431180001' });
    await putIncident(tools, incident, 'none');
    expect(await deliver(tools, post, aReminder())).toBe('sent');
  });

  it('so is one whose tablets are kept outside the box', async () => {
    const drug = {
      medicine: 'isoniazid-300',
      inBox: false,
      steps: [{ repeat: { kind: 'daily' as const }, doses: [{ slot: 'day', count: 1 }] }],
    };
    const prescription = { slots: [{ name: 'day', time: '08:00' }], phases: [{ name: 'single' }], drugs: [drug] };
    await givenPatient(tools, { phone: '+919431180001', plan: { templateId: undefined, prescription } });
    await givenBox(tools);
    await allocateBox(tools, {
      boxId: 'CC-4471',
      patientId: 'pat_1',
      from: '2026-11-20T04:00:00.000Z',
      actorId: 'usr_nurse',
    });
    await putIncident(tools, incident, 'none');
    expect(await deliver(tools, post, aReminder())).toBe('sent');
  });
});
