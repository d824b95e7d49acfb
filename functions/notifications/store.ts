import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { conditionally, getItem, type Page, putItem, queryAll, queryPage } from '../shared/table.ts';
import { addSeconds, expiresAtEpochSeconds, type Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Channel } from './contract.ts';
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

/** Access pattern 237: what became of the messages to somebody that were asked for at an instant, ids beginning so (eventual). */
export async function readDeliveriesAt(
  table: Table,
  { recipientId, at, idPrefix }: { recipientId: string; at: Instant; idPrefix: string },
): Promise<Delivery[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': logPartition(recipientId), ':prefix': `${at}#${idPrefix}` },
  };
  return await queryAll(table, query, Delivery);
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
