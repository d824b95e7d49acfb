import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { getItem, putItem, queryAll } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { PreferencesInput } from './contract.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** Whose preferences: an account's own, or those that staff keep for a patient. */
export type PreferencesOf = { readonly kind: 'user' | 'patient'; readonly id: string };
const preferencesKey = ({ kind, id }: PreferencesOf) => ({
  pk: `${kind === 'user' ? 'USER' : 'PAT'}#${id}`,
  sk: 'PREFS',
});
const StoredPreferences = z.extend(PreferencesInput, { version: z.int() });
export type StoredPreferences = z.infer<typeof StoredPreferences>;

/** Access pattern 229: how somebody wants to be told. */
export async function readPreferences(table: Table, of: PreferencesOf): Promise<StoredPreferences | undefined> {
  return await getItem(table, preferencesKey(of), StoredPreferences);
}

/** Access pattern 230: preferences over the version that was read; 0: none yet. */
export async function writePreferences(
  table: Table,
  of: PreferencesOf,
  preferences: PreferencesInput,
  read: number,
): Promise<'stored' | 'conflict'> {
  const item = { ...preferencesKey(of), kind: 'preferences', v: 1, ...preferences, version: read + 1 };
  const condition =
    read === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': read } };
  return await putItem(table, item, condition);
}

const Device = z.object({
  subscriptionId: z.string(),
  name: z.string(),
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  addedAt: z.string(),
});
export type Device = z.infer<typeof Device>;
const deviceKey = (userId: string, id: string) => ({ pk: `USER#${userId}`, sk: `PUSH#${id}` });

/** Access pattern 231: a browser that takes push messages; the same endpoint is the same device. */
export async function putDevice(table: Table, userId: string, device: Device): Promise<void> {
  await putItem(table, { ...deviceKey(userId, device.subscriptionId), kind: 'push', v: 1, ...device });
}

/** Access pattern 232: a person's devices. */
export async function readDevices(table: Table, userId: string): Promise<Device[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':prefix': 'PUSH#' },
  };
  return await queryAll(table, query, Device);
}

/** Access pattern 233: a device that is no more. */
export async function deleteDevice(table: Table, userId: string, subscriptionId: string): Promise<void> {
  await table.db.send(new DeleteCommand({ TableName: table.tableName, Key: deviceKey(userId, subscriptionId) }));
}

const TopicSubscription = z.object({
  userId: z.string(),
  teamId: z.string(),
  state: z.enum(['pending', 'confirmed', 'removed']),
  protocol: z.enum(['email', 'sms']),
  endpoint: z.string(),
  severities: z.array(z.enum(['red', 'yellow'])),
  subscriptionArn: z.string(),
  askedAt: z.string(),
  checkedAt: z.string(),
});
export type TopicSubscription = z.infer<typeof TopicSubscription>;
const topicOf = (teamId: string) => `TEAM#${teamId}#TOPIC`;
const topicKey = (userId: string, teamId: string) => ({ pk: `USER#${userId}`, sk: `TOPIC#${teamId}` });

/** Access pattern 234: a person's own subscription to a team's topic. */
export async function readTopicSubscription(table: Table, userId: string, teamId: string) {
  return await getItem(table, topicKey(userId, teamId), TopicSubscription);
}

/**
 * Access pattern 235: what SNS last said of it. One that is not ended is found by its team, whoever belongs to that. `over`: only
 * while this one stands there; another has taken its place meanwhile.
 */
export async function writeTopicSubscription(
  table: Table,
  subscription: TopicSubscription,
  over?: TopicSubscription,
): Promise<'stored' | 'conflict'> {
  const { userId, teamId, state } = subscription;
  const index = state === 'removed' ? {} : { gsi1pk: topicOf(teamId), gsi1sk: userId };
  const item = { ...topicKey(userId, teamId), ...index, kind: 'topic-subscription', v: 1, ...subscription };
  const isThis = { expression: 'subscriptionArn = :arn', values: { ':arn': over?.subscriptionArn } };
  return await putItem(table, item, over && isThis);
}

/** Access pattern 236: the subscriptions to a team's topic that are not ended (index, eventual). */
export async function readTopicSubscriptions(table: Table, teamId: string): Promise<TopicSubscription[]> {
  const query = {
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :pk',
    ExpressionAttributeValues: { ':pk': topicOf(teamId) },
  };
  return await queryAll(table, query, TopicSubscription);
}
