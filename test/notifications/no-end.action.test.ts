import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { putIncident } from '../../functions/devices/incident-store.ts';
import { deliver } from '../../functions/notifications/deliver.ts';
import type { MessageRequest } from '../../functions/notifications/message.ts';
import { NotSent } from '../../functions/notifications/post.ts';
import { sendAgain, undeliveredOf } from '../../functions/notifications/undelivered.ts';
import type { Team } from '../../functions/organisations/team.ts';
import { aPost, aTeam, deliverAll, givenPatient, givenTeam, settingTools, type TestPost } from '../alerts/given.ts';
import { givenBox } from '../devices/support/given.ts';
import type { TestTools } from '../support/tools.ts';
import { aMessage, aReminder } from './given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
let tools: TestTools;
let post: TestPost;
beforeEach(async () => {
  tools = await settingTools(now);
  post = aPost();
});

const reminder = aReminder();

describe('a reminder', () => {
  it('that every channel refuses is where administrators see it', async () => {
    await givenTeam(tools);
    await givenPatient(tools, { phone: '+919431180001' });
    post.fail = () => new NotSent('OptedOut', true);
    await deliver(tools, post, reminder);
    expect(await undeliveredOf(tools, 'team_1')).toMatchObject([{ messageId: reminder.messageId, why: 'no-channel' }]);
  });

  it('does not wait for the end of an incident longer than its dose', async () => {
    await givenTeam(tools);
    await givenPatient(tools, { phone: '+919431180001' });
    await givenBox(tools);
    const from = '2026-11-20T04:00:00.000Z';
    await allocateBox(tools, { boxId: 'CC-4471', patientId: 'pat_1', from, actorId: 'usr_nurse' });
    const counts = { silentBoxes: 40, allBoxes: 150, boxIds: [], policyVersion: 'i2' };
    const incident = { incidentId: 'inc_1', facilityId: 'org_gumla', state: 'open' as const, openedAt: now, ...counts };
    await putIncident(tools, incident, 'none');
    expect(await deliver(tools, post, reminder)).toBe('held');
    tools.setNow('2026-12-02T04:10:00.000Z');
    expect(await deliver(tools, post, reminder)).toBe('no longer so');
  });
});

describe('more than five a day, west of Greenwich', () => {
  const zone = 'America/Los_Angeles';
  const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  const team: Team = aTeam({ calendar: { zone, hours, holidays: [], onCall: [] } });
  const alerts = async (at: string, count: number) => {
    tools.setNow(at);
    for (let i = 0; i < count; i++)
      await deliver(
        tools,
        post,
        aMessage(i, { messageId: `alt_${at}_${i}.opened`.replaceAll(/[^a-z0-9_.]/gi, ''), at }),
      );
    await deliverAll(tools, post);
  };
  const more = () => post.sent.filter(({ text }) => text.startsWith('More patients')).length;

  it('are one message for each local day', async () => {
    await givenTeam(tools, team);
    // Monday at noon and at half past four, when it is Tuesday in Greenwich; Tuesday at noon.
    await alerts('2026-11-30T20:00:00.000Z', 6);
    expect(more()).toBe(1);
    await alerts('2026-12-01T00:30:00.000Z', 1);
    expect(more()).toBe(1);
    await alerts('2026-12-01T20:00:00.000Z', 6);
    expect(more()).toBe(2);
  });
});

describe('sent again', () => {
  const toStaff = (id: string): MessageRequest => ({
    ...reminder,
    messageId: 'digest.2026-11-30',
    to: { kind: 'staff', id },
    template: 'digest',
    params: { now: 1, promised: 0, ask: 0, boxes: 0 },
    about: { kind: 'team', teamId: 'team_1' },
  });
  beforeEach(async () => {
    await givenTeam(tools);
    post.fail = () => new NotSent('OptedOut', true);
    for (const id of ['usr_nurse', 'usr_worker']) await deliver(tools, post, toStaff(id));
    expect(await undeliveredOf(tools, 'team_1')).toHaveLength(2);
    post.fail = undefined;
  });

  it('is everybody who did not get it', async () => {
    await sendAgain(tools, 'team_1', 'digest.2026-11-30');
    tools.advance(60);
    await deliverAll(tools, post);
    expect(post.sent.map(({ to }) => to).sort()).toEqual(['usr_nurse@example.org', 'usr_worker@example.org']);
    expect(await undeliveredOf(tools, 'team_1')).toEqual([]);
  });

  it('stays in the list when it could not be asked for', async () => {
    const dying = { ...tools, send: () => Promise.reject(new Error('killed')) };
    await expect(sendAgain(dying, 'team_1', 'digest.2026-11-30')).rejects.toThrow('killed');
    expect(await undeliveredOf(tools, 'team_1')).toHaveLength(2);
  });
});
