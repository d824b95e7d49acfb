import * as z from 'zod/mini';
import { getItem, type Key, type Page, queryPage } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** An audit event as `shared/audit.ts` writes it. */
export const AuditItem = z.object({
  pk: z.string(),
  sk: z.string(),
  at: z.string(),
  subjectId: z.string(),
  actorId: z.string(),
  actorRole: z.optional(z.string()),
  action: z.string(),
  outcome: z.enum(['allowed', 'refused']),
  why: z.string(),
  reason: z.optional(z.string()),
  ids: z.optional(z.array(z.string())),
  path: z.optional(z.array(z.string())),
});
export type AuditItem = z.infer<typeof AuditItem>;

/** Access pattern 250: what happened to a record in a month, newest first, a page. */
export async function eventsOf(
  table: Table,
  subjectId: string,
  month: string,
  limit: number,
  cursor?: string,
): Promise<Page<AuditItem>> {
  return await queryPage(
    table,
    {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `AUDIT#${subjectId}#${month}` },
      ScanIndexForward: false,
      Limit: limit,
    },
    AuditItem,
    cursor,
  );
}

/** Access pattern 251: what was refused below a country, newest first, a page (index, eventual). */
export async function refusalsBelow(
  table: Table,
  rootId: string,
  limit: number,
  cursor?: string,
): Promise<Page<AuditItem>> {
  return await queryPage(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': `REFUSED#${rootId}` },
      ScanIndexForward: false,
      Limit: limit,
    },
    AuditItem,
    cursor,
  );
}

/** Access pattern 252: one event, to archive it. */
export async function readEvent(table: Table, key: Key): Promise<AuditItem | undefined> {
  return await getItem(table, key, AuditItem);
}
