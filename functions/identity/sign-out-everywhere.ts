import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { endSocketsOf } from '../realtime/connections.ts';
import { actorKey } from '../shared/access-store.ts';
import { readSessions } from '../shared/session.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { endSession } from './session-store.ts';
import type { UserPool } from './user-pool.ts';

/**
 * Ends every session of a person at once: access tokens of this second and before are refused from now on, refresh tokens
 * are void, open screens are closed. Done twice it changes nothing.
 */
export async function signOutEverywhere(
  tools: Tools,
  pool: Pick<UserPool, 'signOutEverywhere'>,
  userId: string,
  username: string,
): Promise<void> {
  const now = tools.now();
  await refuseTokensUntil(tools, userId, Math.floor(epochMilliseconds(now) / 1000) + 1);
  await pool.signOutEverywhere(username);
  const open = (await readSessions(tools, userId)).filter((session) => session.endedAt === undefined);
  for (const session of open) await endSession(tools, userId, session.sessionId, now);
  await endSocketsOf(tools, userId);
}

/** Access pattern 163: tokens from before this second no longer count. */
async function refuseTokensUntil(tools: Tools, userId: string, epochSeconds: number): Promise<void> {
  await tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: actorKey(userId),
      UpdateExpression: 'SET tokensValidFromEpochSeconds = :second',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':second': epochSeconds },
    }),
  );
}
