import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { putTogether } from '../shared/put-together.ts';
import { conditionally, getItem, putItem, queryAll } from '../shared/table.ts';
import { expiresAtEpochSeconds, type Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { bucket, type Due, dueKey, type Watermark } from './due.ts';

/** Kept so long after its second, so that an outage can be caught up; then TTL cleans up. */
const keptSeconds = 8 * 24 * 3600;

/** What the work is, its doer reads: a release beside this one may have written a kind that is not known here. */
const Waiting = z.object({ at: z.string(), ref: z.string(), work: z.unknown(), writtenAt: z.string() });
type Waiting = z.infer<typeof Waiting>;

/** Access pattern 190: one write; the same work again is the same item. */
export async function putDue(tools: Tools, due: Due): Promise<void> {
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item: itemOf(due, tools.now()) }));
}

/** The same for whoever carries out many pieces of work side by side: one request for those of one moment. */
export async function putDueTogether(tools: Tools, due: Due): Promise<void> {
  await putTogether(tools.db, { tableName: tools.tableName, item: itemOf(due, tools.now()) });
}

function itemOf(due: Due, writtenAt: Instant) {
  const expires = expiresAtEpochSeconds(due.at, keptSeconds);
  return { ...dueKey(due), kind: 'due', v: 1, ...due, writtenAt, expiresAtEpochSeconds: expires };
}

/** Access pattern 191: is this work waiting. */
export async function isWaiting(tools: Tools, due: Due): Promise<boolean> {
  return (await getItem(tools, dueKey(due), Waiting)) !== undefined;
}

/** Access pattern 192: what is due in some minutes of an hour, in one shard. */
export async function readBucket(
  tools: Tools,
  hour: string,
  shard: number,
  first: string,
  last: string,
): Promise<Waiting[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    // '$' follows '#', so this ends after the last item of the last minute.
    ExpressionAttributeValues: { ':pk': bucket(hour, shard), ':first': `${first}#`, ':last': `${last}$` },
    ConsistentRead: true,
  };
  return await queryAll(tools, query, Waiting);
}

const watermarkKey = { pk: 'DUE#watermark', sk: 'WATERMARK' };
const WatermarkItem = z.object({ through: z.string(), tickedAt: z.string() });

/** Access pattern 193: through which minute everything was handed over. */
export async function readWatermark(tools: Tools): Promise<Watermark | undefined> {
  return await getItem(tools, watermarkKey, WatermarkItem);
}

/** Access pattern 194: moves it, unless another tick has moved it meanwhile. */
export async function moveWatermark(
  tools: Tools,
  from: Watermark | undefined,
  to: { through: string; tickedAt: Instant },
): Promise<'stored' | 'conflict'> {
  return await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: watermarkKey,
        UpdateExpression: 'SET through = :through, tickedAt = :tickedAt, kind = :kind, v = :v',
        ConditionExpression: from ? 'through = :before AND tickedAt = :beforeAt' : 'attribute_not_exists(pk)',
        ExpressionAttributeValues: {
          ':through': to.through,
          ':tickedAt': to.tickedAt,
          ':kind': 'watermark',
          ':v': 1,
          ...(from && { ':before': from.through, ':beforeAt': from.tickedAt }),
        },
      }),
    ),
  );
}

const Watched = z.object({ teamId: z.string() });
const watchKey = (teamId: string) => ({ pk: 'DUE#teams', sk: teamId });

/** Access pattern 195: a team that has patients, so that the night looks at it; once. */
export async function watchTeam(tools: Tools, teamId: string): Promise<'first' | 'watched'> {
  const stored = await putItem(
    tools,
    { ...watchKey(teamId), kind: 'watched-team', v: 1, teamId },
    { expression: 'attribute_not_exists(pk)' },
  );
  return stored === 'stored' ? 'first' : 'watched';
}

/** Access pattern 196: the teams that have patients. */
export async function readWatchedTeams(tools: Tools): Promise<string[]> {
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'DUE#teams' } };
  return (await queryAll(tools, query, Watched)).map(({ teamId }) => teamId);
}
