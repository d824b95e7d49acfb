import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { patientAlerts } from '../../functions/alerts/patient-alerts.ts';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { heldBox } from '../../functions/devices/box-report.ts';
import { followConsent } from '../../functions/devices/follow-consent.ts';
import { giveBox } from '../../functions/devices/give-box.ts';
import { agreedNow, takenBack } from '../../functions/identity/consent.ts';
import { readConsents } from '../../functions/identity/consent-store.ts';
import { addConsent, agreedPurposes } from '../../functions/identity/consents.ts';
import type { ConsentView } from '../../functions/identity/contract.ts';
import { supportersOf } from '../../functions/identity/patient-profile.ts';
import { withdrawConsent } from '../../functions/identity/withdraw-consent.ts';
import { deliver } from '../../functions/notifications/deliver.ts';
import { aPost, givenPatient, givenTeam, settingTools } from '../alerts/given.ts';
import { givenBox } from '../devices/support/given.ts';
import { aReminder } from '../notifications/given.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { anActor, asActor, type TestTools } from '../support/tools.ts';

const now = '2026-11-30T04:10:00.000Z';
const patient = anActor({ userId: 'usr_ramesh', roles: ['patient'], patientId: 'pat_1' });
let tools: TestTools;

beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { phone: '+919431180001', supporter: true });
});

const withdraw = async (...purposes: ('treatment' | 'box' | 'messages' | 'supporter')[]) =>
  await withdrawConsent(asActor(tools, patient), 'pat_1', 'con_pat_1', purposes.length > 0 ? purposes : undefined);
const openTasks = async () => {
  await evaluatePatient(tools, 'pat_1');
  const { tasks } = await patientAlerts(tools, 'pat_1');
  return tasks
    .filter((task) => task.state === 'open' && task.reason.key === 'consent-withdrawn')
    .map(({ kind, reason }) => ({ kind, ...reason }));
};

describe('a patient takes back', () => {
  it('messages: the next one, already queued, does not leave', async () => {
    await withdraw('messages');
    expect(await deliver(tools, aPost(), aReminder())).toBe('nobody to tell');
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set(['treatment', 'box', 'supporter']));
  });

  it('helpers: nobody sees or hears anything from then on', async () => {
    await withdraw('supporter');
    expect(await supportersOf(tools, 'pat_1')).toEqual([]);
  });

  it('the box: what it tells is no longer theirs, and the nurse is asked to fetch it', async () => {
    await givenBox(tools);
    await allocateBox(tools, {
      boxId: 'CC-4471',
      patientId: 'pat_1',
      from: '2026-11-20T04:00:00.000Z',
      actorId: 'usr_nurse',
    });
    await withdraw('box');
    expect(await followConsent(tools, 'pat_1')).toBe('returned');
    expect(await followConsent(tools, 'pat_1')).toBe('holds-none');
    expect(await heldBox(tools, 'pat_1')).toBeUndefined();
    expect(await openTasks()).toEqual([{ kind: 'box-return', key: 'consent-withdrawn', params: { boxId: 'CC-4471' } }]);
  });

  it('the box, while it is handed over: they get none', async () => {
    await givenBox(tools);
    const ask = { boxId: 'CC-4471', patientId: 'pat_1', actorId: 'usr_nurse' };
    await withdraw('messages');
    tools.advance(60);
    meanwhile(tools, async () => await withdraw('box'), 'HOLDER');
    await expect(giveBox(tools, ask)).rejects.toMatchObject({ code: 'consent-needed' });
    await followConsent(tools, 'pat_1');
    expect(await heldBox(tools, 'pat_1')).toBeUndefined();
  });

  it('something else while the box is handed over: they get it at the second try', async () => {
    await givenBox(tools);
    const ask = { boxId: 'CC-4471', patientId: 'pat_1', actorId: 'usr_nurse' };
    meanwhile(tools, async () => await withdraw('messages'), 'HOLDER');
    expect((await giveBox(tools, ask)).outcome).toBe('allocated');
  });

  it('the treatment: nothing stops by itself, the nurse is asked to call the same day', async () => {
    await withdraw('treatment');
    expect(await openTasks()).toEqual([{ kind: 'cannot-take', key: 'consent-withdrawn', params: {} }]);
    const told = tools.sent.filter((one) => one.queue === 'notifications').map((one) => one.message.body);
    expect(told).toMatchObject([{ to: { id: 'usr_nurse' }, template: 'cannot-take' }]);
    expect(await deliver(tools, aPost(), aReminder())).toBe('sent');
  });

  it('nothing twice: the first withdrawal stands, and the nurse is asked once', async () => {
    const first = await withdraw('treatment');
    tools.advance(60);
    expect(await withdraw('treatment')).toEqual(first);
    await openTasks();
    expect(await openTasks()).toHaveLength(1);
  });

  it('one purpose after another, until none is left', async () => {
    await withdraw('messages');
    expect(await withdraw('box', 'messages')).toMatchObject({ withdrawnPurposes: ['box', 'messages'] });
    expect(await withdraw()).not.toHaveProperty('withdrawnPurposes');
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set());
  });

  it('two purposes at the same moment, and neither withdrawal is lost', async () => {
    await Promise.all([withdraw('messages'), withdraw('box')]);
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set(['treatment', 'supporter']));
    await Promise.all([withdraw('treatment'), withdraw('supporter')]);
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set());
  });

  it('and agrees again on the screen; the question to the nurse goes away', async () => {
    await withdraw('treatment', 'messages');
    await openTasks();
    tools.advance(60);
    const again = {
      consentId: 'con_2',
      way: 'on-screen' as const,
      textVersion: '2026-11',
      language: 'en' as const,
      purposes: ['treatment' as const, 'messages' as const],
    };
    await addConsent(asActor(tools, patient), 'pat_1', again);
    expect(await openTasks()).toEqual([]);
    expect(await deliver(tools, aPost(), aReminder())).toBe('sent');
    expect(await readConsents(tools, 'pat_1')).toHaveLength(2);
  });

  it('and agrees to something else in the same moment: what stands beside the consents says both', async () => {
    const research = { consentId: 'con_2', way: 'on-screen' as const, textVersion: '2', language: 'en' as const };
    meanwhile(tools, async () => await withdraw('messages'), 'AGREED');
    await addConsent(asActor(tools, patient), 'pat_1', { ...research, purposes: ['research'] });
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set(['treatment', 'box', 'supporter', 'research']));
    const another = addConsent(asActor(tools, patient), 'pat_1', {
      ...research,
      consentId: 'con_3',
      purposes: ['box'],
    });
    await Promise.all([another, withdraw('box', 'messages'), withdraw('supporter', 'messages')]);
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(agreedNow(await readConsents(tools, 'pat_1')));
  });

  it('before there was one item for it: what the consents say holds, and the next write makes it', async () => {
    const Key = { pk: 'PAT#pat_1', sk: 'AGREED' };
    await tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key }));
    expect(await agreedPurposes(tools, 'pat_1')).toEqual(new Set(['treatment', 'box', 'messages', 'supporter']));
    await withdraw('messages');
    const { Item } = await tools.db.send(new GetCommand({ TableName: tools.tableName, Key }));
    expect(Item).toMatchObject({ purposes: ['treatment', 'box', 'supporter'], version: 1 });
  });

  it('but cannot write that somebody heard them say yes', async () => {
    const spoken = { consentId: 'con_3', way: 'spoken' as const, textVersion: '1', language: 'en' as const };
    const said = addConsent(asActor(tools, patient), 'pat_1', { ...spoken, purposes: ['research'] });
    await expect(said).rejects.toMatchObject({ reason: 'invalid' });
  });
});

describe('all consents together', () => {
  const aConsent = (overrides: Partial<ConsentView>): ConsentView => ({
    consentId: 'con_1',
    way: 'on-paper',
    textVersion: '1',
    language: 'en',
    purposes: ['treatment', 'box'],
    recordedBy: 'usr_nurse',
    recordedByName: 'Meera',
    at: '2026-11-01T04:00:00.000Z',
    ...overrides,
  });

  it('say what the newest says of each purpose, in whichever order they are read', () => {
    const first = aConsent({ withdrawnAt: '2026-11-10T04:00:00.000Z' });
    const second = aConsent({ consentId: 'con_2', at: '2026-11-12T04:00:00.000Z', purposes: ['box'] });
    for (const consents of [
      [first, second],
      [second, first],
    ]) {
      expect(agreedNow(consents)).toEqual(new Set(['box']));
      expect(takenBack(consents)).toMatchObject([{ purpose: 'treatment', consentId: 'con_1' }]);
    }
  });
});
