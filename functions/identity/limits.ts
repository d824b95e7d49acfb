import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Refusal } from '../shared/refusal.ts';
import { conditionally } from '../shared/table.ts';
import { epochMilliseconds, expiresAtEpochSeconds, type Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';

export type Limit = { readonly name: string; readonly max: number; readonly windowSeconds: number };

/** Sign-in is tried this often before it waits, known account or not. */
export const limits = {
  password: { name: 'password', max: 5, windowSeconds: 900 },
  /** The same name from many addresses at once. */
  passwordAnywhere: { name: 'password-anywhere', max: 50, windowSeconds: 900 },
  totp: { name: 'totp', max: 5, windowSeconds: 900 },
  address: { name: 'address', max: 300, windowSeconds: 900 },
  /** SMS pumping: each number, each address, and all of it together. */
  numberPause: { name: 'sms-pause', max: 1, windowSeconds: 30 },
  numberDay: { name: 'sms-number', max: 6, windowSeconds: 86_400 },
  addressSms: { name: 'sms-address', max: 30, windowSeconds: 3_600 },
  allSms: { name: 'sms-all', max: 3_000, windowSeconds: 86_400 },
  /** Links that one patient has sent to others: each costs a message to somebody who did not ask for it. */
  invitations: { name: 'invitations', max: 6, windowSeconds: 86_400 },
  /** Three tries for a code that we sent. */
  code: { name: 'code', max: 3, windowSeconds: 3_600 },
} as const satisfies Record<string, Limit>;

/** A step that is good for one use only. */
const single = { name: 'single', max: 1, windowSeconds: 3_600 } as const;

type Table = Pick<Tools, 'db' | 'tableName' | 'now'>;

/** Access pattern 145: counts one use before it happens, so that parallel tries cannot pass together. Throws 429. */
export async function spend(tools: Table, limit: Limit, id: string): Promise<void> {
  const now = tools.now();
  const write = new UpdateCommand({
    TableName: tools.tableName,
    Key: keyOf(limit, id, now),
    UpdateExpression: 'ADD used :one SET #kind = :kind, v = :v, expiresAtEpochSeconds = :expires',
    ConditionExpression: 'attribute_not_exists(used) OR used < :max',
    ExpressionAttributeNames: { '#kind': 'kind' },
    ExpressionAttributeValues: {
      ':one': 1,
      ':max': limit.max,
      ':kind': 'limit',
      ':v': 1,
      ':expires': expiresAtEpochSeconds(now, limit.windowSeconds),
    },
  });
  if ((await conditionally(tools.db.send(write))) === 'conflict')
    throw new Refusal('too-many', 'too-many-tries', 'Too many tries. Wait a while.', {
      retryAfterSeconds: secondsLeft(limit, now),
    });
}

/** Marks a step as used; false when it was used before. */
export async function isUnused(tools: Table, id: string): Promise<boolean> {
  try {
    await spend(tools, single, id);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Access pattern 146: forgets the tries of this window, after a right one. */
export async function forgive(tools: Table, limit: Limit, id: string): Promise<void> {
  await tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key: keyOf(limit, id, tools.now()) }));
}

function keyOf(limit: Limit, id: string, now: Instant) {
  const window = Math.floor(epochMilliseconds(now) / 1000 / limit.windowSeconds);
  return { pk: `LIMIT#${limit.name}#${id}`, sk: `WINDOW#${window}` };
}

function secondsLeft(limit: Limit, now: Instant): number {
  return limit.windowSeconds - (Math.floor(epochMilliseconds(now) / 1000) % limit.windowSeconds);
}
