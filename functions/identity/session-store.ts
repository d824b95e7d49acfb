import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { Session } from '../shared/session.ts';
import { conditionally, getItem } from '../shared/table.ts';
import { epochMilliseconds, type Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** How long an ended session stays readable. */
const keptSeconds = 90 * 86_400;
const mostFamilies = 12;
export const mostPinTries = 5;

const sessionKey = (userId: string, sessionId: string) => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` });
const pinKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'PIN' });

/** Access pattern 147: one session. */
export async function readSession(tools: Table, userId: string, sessionId: string): Promise<Session | undefined> {
  return await getItem(tools, sessionKey(userId, sessionId), Session);
}

/** Access pattern 148: a new session. */
export async function putSession(tools: Table, session: Session): Promise<void> {
  const Item = {
    ...sessionKey(session.userId, session.sessionId),
    kind: 'session',
    v: 1,
    ...session,
    expiresAtEpochSeconds: Math.floor(epochMilliseconds(session.endsAt) / 1000) + keptSeconds,
  };
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
}

/** Access pattern 149: was seen and stays open; 'conflict' when it was ended meanwhile. */
export async function keepOpen(
  tools: Table,
  session: Session,
  seen: { at: Instant; openUntil: Instant; family: string; unlocked: boolean },
): Promise<'stored' | 'conflict'> {
  const known = session.families.includes(seen.family);
  const families = known ? session.families : [...session.families, seen.family].slice(-mostFamilies);
  return await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: sessionKey(session.userId, session.sessionId),
        UpdateExpression: `SET lastSeenAt = :at, openUntil = :openUntil, families = :families${
          seen.unlocked ? ', pinTries = :none REMOVE lockedAt' : ''
        }`,
        ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(endedAt)${
          seen.unlocked ? '' : ' AND attribute_not_exists(lockedAt)'
        }`,
        ExpressionAttributeValues: {
          ':at': seen.at,
          ':openUntil': seen.openUntil,
          ':families': families,
          ...(seen.unlocked && { ':none': 0 }),
        },
      }),
    ),
  );
}

/** Access pattern 150: asks for the PIN from now on. */
export async function lockSession(tools: Table, userId: string, sessionId: string, at: Instant): Promise<void> {
  await mark(tools, userId, sessionId, 'lockedAt', at);
}

/** Access pattern 151: ends a session for good; a second end changes nothing. */
export async function endSession(tools: Table, userId: string, sessionId: string, at: Instant): Promise<void> {
  await mark(tools, userId, sessionId, 'endedAt', at);
}

/** Access pattern 152: counts a try of the PIN before it is looked at. Answers how many are left, undefined when none was. */
export async function spendPinTry(tools: Table, userId: string, sessionId: string): Promise<number | undefined> {
  const write = tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: sessionKey(userId, sessionId),
      UpdateExpression: 'ADD pinTries :one',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt) AND pinTries < :most',
      ExpressionAttributeValues: { ':one': 1, ':most': mostPinTries },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  let tries = mostPinTries;
  const outcome = await conditionally(
    write.then((answer) => {
      tries = z.parse(z.object({ pinTries: z.int() }), answer.Attributes).pinTries;
    }),
  );
  return outcome === 'conflict' ? undefined : mostPinTries - tries;
}

/** Access pattern 153: the hash of a person's shift PIN. */
export async function readPin(tools: Table, userId: string): Promise<{ salt: string; hash: string } | undefined> {
  return await getItem(tools, pinKey(userId), z.object({ salt: z.string(), hash: z.string() }));
}

/** Access pattern 154: sets it. */
export async function putPin(tools: Table, userId: string, pin: { salt: string; hash: string }): Promise<void> {
  await tools.db.send(
    new PutCommand({ TableName: tools.tableName, Item: { ...pinKey(userId), kind: 'pin', v: 1, ...pin } }),
  );
}

async function mark(tools: Table, userId: string, sessionId: string, name: 'lockedAt' | 'endedAt', at: Instant) {
  await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: sessionKey(userId, sessionId),
        UpdateExpression: `SET ${name} = if_not_exists(${name}, :at)`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at },
      }),
    ),
  );
}
