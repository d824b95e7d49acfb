import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AccessCard } from '../shared/access.ts';
import { accessCardItem, whileOfTeam } from '../shared/access-store.ts';
import { conditionally, type Entry } from '../shared/table.ts';
import type { Holder } from './items.ts';
import { boxKey, patientKey, type Table } from './store.ts';

/**
 * Access pattern 71: hands a box to a patient, in one transaction: nobody holds the box, the patient holds no other and is of the
 * team that the box goes to, the box is active, and what else is asked. Both histories and the box's access card go with it.
 */
export async function startAllocation(
  table: Table,
  holder: Holder,
  card: AccessCard,
  checks: readonly Entry[] = [],
): Promise<'stored' | 'conflict'> {
  const { boxId, patientId, from } = holder;
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  return await transact(table, [
    ...checks,
    { Put: { TableName: table.tableName, Item: holderItem(holder), ...isNew } },
    {
      Put: {
        TableName: table.tableName,
        Item: { ...patientKey(patientId, 'HOLDS'), kind: 'holds', v: 1, boxId, from },
        ...isNew,
      },
    },
    ...stretch(table, { boxId, patientId, from }),
    { Put: { TableName: table.tableName, Item: accessCardItem({ kind: 'box', id: boxId }, card) } },
    whileOfTeam(table, patientId, card.teamId),
    {
      ConditionCheck: {
        TableName: table.tableName,
        Key: boxKey(boxId, 'BOX'),
        ConditionExpression: '#status = :active',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':active': 'active' },
      },
    },
  ]);
}

/** Access pattern 72: the box comes back, in one transaction: only from who holds it, since when they hold it. */
export async function endAllocation(table: Table, holder: Holder, to: string): Promise<'stored' | 'conflict'> {
  const { boxId, patientId, from } = holder;
  const condition = {
    ConditionExpression: 'patientId = :patientId AND #from = :from',
    ExpressionAttributeNames: { '#from': 'from' },
    ExpressionAttributeValues: { ':patientId': patientId, ':from': from },
  };
  return await transact(table, [
    { Delete: { TableName: table.tableName, Key: boxKey(boxId, 'HOLDER'), ...condition } },
    { Delete: { TableName: table.tableName, Key: patientKey(patientId, 'HOLDS') } },
    ...stretch(table, { boxId, patientId, from, to }),
  ]);
}

/** One stretch as the box and as the patient remember it. */
export type Stretch = {
  readonly boxId: string;
  readonly patientId: string;
  readonly from: string;
  readonly to?: string;
  readonly swappedWith?: string;
};

export function stretch(table: Table, { boxId, patientId, from, to, swappedWith }: Stretch): Entry[] {
  const until = { ...(to !== undefined && { to }), ...(swappedWith !== undefined && { swappedWith }) };
  return [
    {
      Put: {
        TableName: table.tableName,
        Item: { ...boxKey(boxId, `HELD#${from}`), kind: 'held', v: 1, patientId, from, ...until },
      },
    },
    {
      Put: {
        TableName: table.tableName,
        Item: { ...patientKey(patientId, `BOX#${from}`), kind: 'allocation', v: 1, boxId, patientId, from, ...until },
      },
    },
  ];
}

export function holderItem(holder: Holder) {
  return {
    ...boxKey(holder.boxId, 'HOLDER'),
    kind: 'box-holder',
    v: 1,
    ...holder,
    ...(holder.teamId !== undefined && { gsi1pk: `TEAM#${holder.teamId}#BOXES`, gsi1sk: holder.boxId }),
  };
}

export async function transact(table: Table, entries: readonly Entry[]): Promise<'stored' | 'conflict'> {
  return await conditionally(table.db.send(new TransactWriteCommand({ TransactItems: [...entries] })));
}
