import { getItem, type Page, putItem, queryPage } from '../shared/table.ts';
import { Quarantined, quarantineItem } from './quarantine-entry.ts';
import type { Table } from './store.ts';

/** Access pattern 73: keeps what we could not believe, once; a repeat of it is a conflict. */
export async function putQuarantined(table: Table, entry: Quarantined): Promise<'stored' | 'conflict'> {
  return await putItem(table, quarantineItem(entry), { expression: 'attribute_not_exists(pk)' });
}

/** Access pattern 74: one entry by its id. */
export async function readQuarantined(table: Table, quarantineId: string): Promise<Quarantined | undefined> {
  const [date = '', hash = ''] = quarantineId.split('.');
  if (date === '' || hash === '') return undefined;
  return await getItem(table, { pk: `QUARANTINE#${date}`, sk: hash }, Quarantined);
}

/** Access pattern 75: an open entry is resolved, once. */
export async function resolveQuarantined(table: Table, entry: Quarantined): Promise<'stored' | 'conflict'> {
  return await putItem(table, quarantineItem(entry), {
    expression: '#state = :open',
    names: { '#state': 'state' },
    values: { ':open': 'open' },
  });
}

/** Access pattern 76: the entries of a state, newest first, a page. */
export async function quarantinePage(
  table: Table,
  state: Quarantined['state'],
  limit: number,
  cursor?: string,
): Promise<Page<Quarantined>> {
  return await queryPage(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': `QUARANTINE#${state}` },
      ScanIndexForward: false,
      Limit: limit,
    },
    Quarantined,
    cursor,
  );
}
