import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { conditionally, type Entry, getItem } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import type { SupporterView } from './contract.ts';
import { supporterItem } from './patient-store.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/**
 * How often somebody was added to a patient's supporters. Who adds reads this first, then who is there, and writes over it: so
 * what was counted still holds when it is written. Patients from before it have none: that is turn 0.
 */
const rosterKey = (patientId: string) => ({ pk: `PAT#${patientId}`, sk: 'ROSTER' });
const kept = { kind: 'roster', v: 1 };

/** Access pattern 174: at which turn a patient's supporters are. */
export async function readRoster(tools: Table, patientId: string): Promise<number> {
  return (await getItem(tools, rosterKey(patientId), z.object({ turn: z.int() })))?.turn ?? 0;
}

/** Access pattern 175: a new supporter, if nobody was added since this turn and `checks` hold. */
export async function putNewSupporter(
  tools: Table,
  patientId: string,
  supporter: SupporterView,
  turn: number,
  checks: readonly Entry[] = [],
): Promise<'stored' | 'conflict'> {
  const { tableName: TableName } = tools;
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const isSame = { ConditionExpression: 'turn = :read', ExpressionAttributeValues: { ':read': turn } };
  const command = new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName, Item: supporterItem(patientId, supporter), ...isNew } },
      {
        Put: {
          TableName,
          Item: { ...rosterKey(patientId), ...kept, turn: turn + 1 },
          ...(turn === 0 ? isNew : isSame),
        },
      },
      ...checks,
    ],
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 176: whoever has read the roster reads it again before they add somebody. */
export async function turnRoster(tools: Table, patientId: string): Promise<void> {
  await tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: rosterKey(patientId),
      UpdateExpression: 'ADD turn :one SET #kind = :kind, v = :v',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: { ':one': 1, ':kind': kept.kind, ':v': kept.v },
    }),
  );
}
