import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { conditionally, getItem, type Page, putItem, queryAll, queryPage } from '../shared/table.ts';
import { addSeconds, expiresAtEpochSeconds, type Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type Channel, PreferencesInput } from './contract.ts';
import { claimOn, Delivery, leaseSeconds } from './delivery.ts';
import type { MessageRequest } from './message.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** The delivery log is kept for a year. */
const keptSeconds = 366 * 24 * 3600;

const logPartition = (recipientId: string) => `MSG#${recipientId}`;
const logKey = (request: MessageRequest, channel: Channel) => ({
  pk: logPartition(request.to.id),
  sk: `${request.at}#${request.messageId}#${channel}`,
});
const undelivered = (teamId: string) => `TEAM#${teamId}#UNDELIVERED`;

/** Access pattern 220: one message on one channel. */
export async function readDelivery(table: Table, request: MessageRequest, channel: Channel) {
  return await getItem(table, logKey(request, channel), Delivery);
}

/** Access pattern 221: takes the right to send, by condition: nobody else has it and it was not sent. */
export async function claimDelivery(
  table: Table,
  request: MessageRequest,
  channel: Channel,
  now: Instant,
): Promise<'mine' | 'done' | 'busy' | 'refused'> {
  const first: Delivery = {
    request,
    channel,
    state: 'sending',
    leaseUntil: addSeconds(now, leaseSeconds),
    attempts: [],
  };
  const fresh = await putItem(table, deliveryItem(first, now), { expression: 'attribute_not_exists(pk)' });
  if (fresh === 'stored') return 'mine';
  const found = await readDelivery(table, request, channel);
  const verdict = claimOn(found, now);
  if (verdict !== 'claim' || !found) return verdict === 'claim' ? 'busy' : verdict;
  const again = { ...found, leaseUntil: addSeconds(now, leaseSeconds) };
  const taken = await putItem(table, deliveryItem(again, now), {
    expression: '#state = :sending AND leaseUntil = :before',
    names: { '#state': 'state' },
    values: { ':sending': 'sending', ':before': found.leaseUntil },
  });
  return taken === 'stored' ? 'mine' : 'busy';
}

/** Access pattern 222: what came of it. An undelivered one stands in its team's list until a person looks. */
export async function recordDelivery(table: Table, delivery: Delivery, now: Instant): Promise<void> {
  await putItem(table, deliveryItem(delivery, now));
}

function deliveryItem(delivery: Delivery, now: Instant) {
  const { request, channel, state } = delivery;
  const index =
    state === 'undelivered'
      ? { gsi1pk: undelivered(request.teamId), gsi1sk: `${request.at}#${request.messageId}#${channel}` }
      : {};
  const expires = { expiresAtEpochSeconds: expiresAtEpochSeconds(now, keptSeconds) };
  return { ...logKey(request, channel), kind: 'message', v: 1, ...index, ...expires, ...delivery };
}

/** Access pattern 223: what a person or patient was sent, newest first, a page. */
export async function logPage(
  table: Table,
  recipientId: string,
  limit: number,
  cursor?: string,
): Promise<Page<Delivery>> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    // Instants begin with a digit; ':' follows '9'.
    ExpressionAttributeValues: { ':pk': logPartition(recipientId), ':first': '0', ':last': ':' },
    ScanIndexForward: false,
    Limit: limit,
  };
  return await queryPage(table, query, Delivery, cursor);
}

/** Access pattern 224: what of a team's messages reached nobody (index, eventual). */
export async function readUndelivered(table: Table, teamId: string): Promise<Delivery[]> {
  const query = {
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :pk',
    ExpressionAttributeValues: { ':pk': undelivered(teamId) },
  };
  return await queryAll(table, query, Delivery);
}

/** Access pattern 225: forgets an undelivered message, so that it can be asked for again. */
export async function dropDelivery(table: Table, { request, channel }: Delivery): Promise<void> {
  await table.db.send(new DeleteCommand({ TableName: table.tableName, Key: logKey(request, channel) }));
}

/** Access pattern 226: a notice was read on screen. */
export async function markRead(table: Table, { request, channel }: Delivery, at: Instant): Promise<void> {
  const write = table.db.send(
    new UpdateCommand({
      TableName: table.tableName,
      Key: logKey(request, channel),
      UpdateExpression: 'SET readAt = if_not_exists(readAt, :at)',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':at': at },
    }),
  );
  await conditionally(write);
}

const loadKey = (recipientId: string, localDate: string) => ({
  pk: logPartition(recipientId),
  sk: `LOAD#${localDate}`,
});
const Load = z.object({ ids: z.set(z.string()) });

export type LoadClaim = {
  readonly recipientId: string;
  readonly localDate: string;
  readonly messageId: string;
  readonly channel: Channel;
  readonly perDay: number;
};

/**
 * Access pattern 227: one of the immediate messages of a day together with the right to send it, in one write by
 * condition: at most so many a day and one sender at a time. A repeat is the same one.
 */
export async function claimFromLoad(
  tools: Table & Pick<Tools, 'now'>,
  { recipientId, localDate, messageId, channel, perDay }: LoadClaim,
): Promise<'mine' | 'busy' | 'full'> {
  const now = tools.now();
  const claimed = await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: loadKey(recipientId, localDate),
        UpdateExpression: 'ADD ids :ids SET #lease = :until, #kind = :kind, v = :v, expiresAtEpochSeconds = :expires',
        ConditionExpression:
          '(attribute_not_exists(ids) OR contains(ids, :id) OR size(ids) < :perDay) AND (attribute_not_exists(#lease) OR #lease <= :now)',
        ExpressionAttributeNames: { '#kind': 'kind', '#lease': `lease.${messageId}.${channel}` },
        ExpressionAttributeValues: {
          ':ids': new Set([messageId]),
          ':id': messageId,
          ':perDay': perDay,
          ':now': now,
          ':until': addSeconds(now, leaseSeconds),
          ':kind': 'load',
          ':v': 1,
          ':expires': expiresAtEpochSeconds(now, 40 * 24 * 3600),
        },
      }),
    ),
  );
  if (claimed === 'stored') return 'mine';
  const ids = await readLoad(tools, recipientId, localDate);
  return ids.includes(messageId) || ids.length < perDay ? 'busy' : 'full';
}

/** Access pattern 228: the immediate messages that a person had on a day. */
export async function readLoad(table: Table, recipientId: string, localDate: string): Promise<string[]> {
  const load = await getItem(table, loadKey(recipientId, localDate), Load);
  return load ? [...load.ids] : [];
}

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
const topicKey = (userId: string, teamId: string) => ({ pk: `USER#${userId}`, sk: `TOPIC#${teamId}` });

/** Access pattern 234: a person's own subscription to a team's topic. */
export async function readTopicSubscription(table: Table, userId: string, teamId: string) {
  return await getItem(table, topicKey(userId, teamId), TopicSubscription);
}

/** Access pattern 235: what SNS last said of it. */
export async function writeTopicSubscription(table: Table, subscription: TopicSubscription): Promise<void> {
  const { userId, teamId } = subscription;
  await putItem(table, { ...topicKey(userId, teamId), kind: 'topic-subscription', v: 1, ...subscription });
}
