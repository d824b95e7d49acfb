import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { putAccount } from '../../functions/identity/account-store.ts';
import { SubscribeTopicInput } from '../../functions/notifications/contract.ts';
import {
  reconcileTeam,
  subscribeTopic,
  topicView,
  unsubscribeTopic,
} from '../../functions/notifications/topic-subscription.ts';
import type { Topics } from '../../functions/notifications/topics.ts';
import { teamWrite, transact } from '../../functions/organisations/store.ts';
import { aTeam, givenTeam, settingTools } from '../alerts/given.ts';
import { anActor, type TestTools } from '../support/tools.ts';

type TestTopics = Topics & {
  readonly states: Map<string, { state: 'pending' | 'confirmed'; severities: readonly string[] }>;
};

/** SNS in memory: a subscription is pending until somebody confirms it, and forgotten when it is ended. */
function someTopics(): TestTopics {
  const states: TestTopics['states'] = new Map();
  let count = 0;
  return {
    states,
    subscribe: async ({ topicArn, severities }) => {
      const arn = `${topicArn}:${++count}`;
      states.set(arn, { state: 'pending', severities });
      return arn;
    },
    stateOf: async (arn) => states.get(arn)?.state ?? 'removed',
    filter: async (arn, severities) => {
      states.set(arn, { state: 'confirmed', severities });
    },
    unsubscribe: async (arn) => {
      states.delete(arn);
    },
  };
}

const input: SubscribeTopicInput = { protocol: 'email', endpoint: 'meera@example.org', severities: ['red'] };
const mine = { userId: 'usr_nurse', teamId: 'team_1' };
let tools: TestTools;
let topics: TestTopics;

beforeEach(async () => {
  tools = await settingTools();
  topics = someTopics();
  await givenTeam(tools);
  const account = { userId: 'usr_nurse', username: 'usr_nurse', name: 'Meera Toppo', roles: ['nurse' as const] };
  const active = { ...account, language: 'en', phone: '+919431180001', state: 'active' as const, version: 2 };
  await putAccount(tools, active, anActor({ userId: 'usr_nurse', roles: ['nurse'], teams: [{ teamId: 'team_1' }] }));
});

const confirm = (arn: string) => topics.states.set(arn, { state: 'confirmed', severities: ['red'] });
const state = async () => (await topicView(tools, topics, 'usr_nurse', 'team_1')).state;

describe('my subscription to the team’s topic', () => {
  it('is none, then pending, then confirmed, and shows only the ends of the address', async () => {
    expect(await state()).toBe('none');
    const asked = await subscribeTopic(tools, topics, { ...mine, input });
    expect(asked).toMatchObject({ state: 'pending', endpoint: 'm…@example.org', severities: ['red'] });
    for (const arn of topics.states.keys()) confirm(arn);
    expect(await state()).toBe('confirmed');
  });

  it('shows that it was removed elsewhere, at the latest after the night', async () => {
    await subscribeTopic(tools, topics, { ...mine, input });
    topics.states.clear();
    await reconcileTeam(tools, topics, 'team_1');
    tools.units();
    expect(await state()).toBe('removed');
    expect(tools.units().writes).toBe(0);
  });

  it('changes its severities without a new confirmation', async () => {
    await subscribeTopic(tools, topics, { ...mine, input });
    for (const arn of topics.states.keys()) confirm(arn);
    const both = { ...input, severities: ['red' as const, 'yellow' as const] };
    expect(await subscribeTopic(tools, topics, { ...mine, input: both })).toMatchObject({ state: 'confirmed' });
    expect([...topics.states.values()]).toEqual([{ state: 'confirmed', severities: ['red', 'yellow'] }]);
  });

  it('replaces the address before, and ends when I say so', async () => {
    await subscribeTopic(tools, topics, { ...mine, input });
    const sms = { ...input, protocol: 'sms' as const, endpoint: '+919431180001' };
    await subscribeTopic(tools, topics, { ...mine, input: sms });
    expect(topics.states.size).toBe(1);
    await unsubscribeTopic(tools, topics, 'usr_nurse', 'team_1');
    expect(topics.states.size).toBe(0);
    expect(await state()).toBe('removed');
  });

  it.each([
    ['sms', 'not a phone', false],
    ['sms', '09431180001', false],
    ['sms', 'meera@example.org', false],
    ['sms', '+919431180001', true],
    ['email', 'meera', false],
    ['email', '+919431180001', false],
    ['email', 'a@example.org\nb@example.org', false],
    ['email', 'meera@example.org', true],
  ])('by %s at %j has the form of one: %s', (protocol, endpoint, right) => {
    expect(z.safeParse(SubscribeTopicInput, { protocol, endpoint, severities: ['red'] }).success).toBe(right);
  });

  it('sends SMS to no phone but the account’s own: SNS asks nobody whether they want it', async () => {
    const strangers = { ...input, protocol: 'sms' as const, endpoint: '+919431189999' };
    await expect(subscribeTopic(tools, topics, { ...mine, input: strangers })).rejects.toMatchObject({
      reason: 'invalid',
      errors: [{ pointer: '/endpoint', detail: expect.stringContaining('your account') }],
    });
    expect(topics.states.size).toBe(0);
    const noPhone = { userId: 'usr_worker', teamId: 'team_1' };
    const sms = { ...strangers, endpoint: '+919431180001' };
    await expect(subscribeTopic(tools, topics, { ...noPhone, input: sms })).rejects.toMatchObject({
      reason: 'invalid',
    });
  });

  it('ends when I belong to the team no longer, also when I confirm it only then', async () => {
    const theirs = { userId: 'usr_worker', teamId: 'team_1', input: { ...input, endpoint: 'phulmani@example.org' } };
    await subscribeTopic(tools, topics, { ...mine, input });
    await subscribeTopic(tools, topics, theirs);
    const team = aTeam();
    const members = team.members.filter(({ userId }) => userId !== 'usr_worker');
    await transact(tools, [teamWrite(tools, { ...team, members })]);
    // As SNS does it: what nobody has confirmed cannot be ended.
    const pending = { ...topics, unsubscribe: async () => undefined };
    await reconcileTeam(tools, pending, 'team_1');
    for (const arn of topics.states.keys()) confirm(arn);
    await reconcileTeam(tools, topics, 'team_1');
    expect(topics.states.size).toBe(1);
    expect(await topicView(tools, topics, 'usr_worker', 'team_1')).toMatchObject({ state: 'removed' });
    expect(await state()).toBe('confirmed');
  });

  it('is the new one, though the night was looking at the one before', async () => {
    await subscribeTopic(tools, topics, { ...mine, input });
    let isOver = false;
    const slow: Topics = {
      ...topics,
      stateOf: async (arn) => {
        if (!isOver) {
          isOver = true;
          await subscribeTopic(tools, topics, { ...mine, input: { ...input, endpoint: 'toppo@example.org' } });
        }
        return await topics.stateOf(arn);
      },
    };
    await reconcileTeam(tools, slow, 'team_1');
    expect(await topicView(tools, topics, 'usr_nurse', 'team_1')).toMatchObject({ endpoint: 't…@example.org' });
    await unsubscribeTopic(tools, topics, 'usr_nurse', 'team_1');
    expect(topics.states.size).toBe(0);
  });

  it('ends with the cover by which I had it', async () => {
    const by = { userId: 'usr_agnes', name: 'Agnes Kujur', roles: ['nurse'], language: 'en' };
    const cover = { coverId: 'cov_1', forUserId: 'usr_nurse', by, from: tools.now(), to: '2026-12-05T00:00:00.000Z' };
    await transact(tools, [teamWrite(tools, aTeam({ covers: [cover] }))]);
    await subscribeTopic(tools, topics, { ...mine, userId: by.userId, input });
    await reconcileTeam(tools, topics, 'team_1');
    expect(topics.states.size).toBe(1);
    tools.setNow(cover.to);
    await reconcileTeam(tools, topics, 'team_1');
    expect(topics.states.size).toBe(0);
  });

  it('is refused while the team has no topic', async () => {
    const { topicArn: _, ...without } = aTeam({ teamId: 'team_2' });
    await givenTeam(tools, without);
    await expect(subscribeTopic(tools, topics, { ...mine, teamId: 'team_2', input })).rejects.toThrow('no topic yet');
  });
});
