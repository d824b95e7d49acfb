import type { AccessCard } from '../shared/access.ts';
import { accessCardItem, whileOfTeam } from '../shared/access-store.ts';
import type { Entry } from '../shared/table.ts';
import { holderItem, stretch, transact } from './allocation-store.ts';
import type { Holder } from './items.ts';
import { patientKey, type Table } from './store.ts';

/** One of the two boxes: who was believed to hold it, and who really does. `card` is the real holder's. */
export type Swapped = {
  readonly before: Holder;
  readonly after: Holder;
  readonly card: AccessCard;
  readonly other: string;
};

/**
 * Access pattern 82: both boxes' and both patients' histories in one transaction, only while both are held as was read, by
 * patients of the teams that get them. A stretch that would have no length is replaced.
 */
export async function writeSwap(table: Table, swap: readonly [Swapped, Swapped]): Promise<'stored' | 'conflict'> {
  return await transact(
    table,
    swap.flatMap((one) => entries(table, one)),
  );
}

function entries(table: Table, { before, after, card, other }: Swapped): Entry[] {
  const { boxId, patientId, from } = after;
  const ended = before.from < from ? stretch(table, { ...before, to: from }) : [];
  const condition = {
    ConditionExpression: 'patientId = :patientId AND #from = :from',
    ExpressionAttributeNames: { '#from': 'from' },
    ExpressionAttributeValues: { ':patientId': before.patientId, ':from': before.from },
  };
  return [
    { Put: { TableName: table.tableName, Item: holderItem(after), ...condition } },
    {
      Put: {
        TableName: table.tableName,
        Item: { ...patientKey(patientId, 'HOLDS'), kind: 'holds', v: 1, boxId, from },
      },
    },
    ...ended,
    ...stretch(table, { boxId, patientId, from, swappedWith: other }),
    { Put: { TableName: table.tableName, Item: accessCardItem({ kind: 'box', id: boxId }, card) } },
    whileOfTeam(table, patientId, card.teamId),
  ];
}
