import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { readTogether } from './read-together.ts';
import { invalid, type Refusal } from './refusal.ts';
import type { Tools } from './tools.ts';

export type Key = { readonly pk: string; readonly sk: string };

/** One write or check of a transaction. */
export type Entry = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What every item carries beside its own words. `kind` is what the stream dispatcher routes by. */
export type Item = Key & { readonly kind: string; readonly v: number };

/** One item, parsed by its shape. Strongly consistent unless told otherwise. */
export async function getItem<T extends z.ZodMiniType>(
  tools: Pick<Tools, 'db' | 'tableName'>,
  key: Key,
  shape: T,
  options: { consistent?: boolean } = {},
): Promise<z.output<T> | undefined> {
  const consistent = options.consistent ?? true;
  const { pk, sk } = key;
  const item = await readTogether(tools.db, { tableName: tools.tableName, key: { pk, sk }, consistent });
  return item === undefined ? undefined : z.parse(shape, item);
}

/** Puts under a condition. Answers 'conflict' when the condition does not hold, so that an invariant is a value and not an exception. */
export async function putItem(
  tools: Pick<Tools, 'db' | 'tableName'>,
  item: Record<string, unknown> & Item,
  condition?: { expression: string; values?: Record<string, unknown>; names?: Record<string, string> },
): Promise<'stored' | 'conflict'> {
  const command = new PutCommand({
    TableName: tools.tableName,
    Item: item,
    ...(condition && {
      ConditionExpression: condition.expression,
      ...(condition.values && { ExpressionAttributeValues: condition.values }),
      ...(condition.names && { ExpressionAttributeNames: condition.names }),
    }),
  });
  return await conditionally(tools.db.send(command));
}

/** Waits for a conditional write and says whether its condition held. */
export async function conditionally(write: Promise<unknown>): Promise<'stored' | 'conflict'> {
  try {
    await write;
    return 'stored';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}

const conflicts = ['ConditionalCheckFailed', 'TransactionConflict'];

/** Somebody else wrote the item first, or is writing it in the same moment: either way what was read is no longer true. */
function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (error instanceof Error && error.name === 'TransactionConflictException') return true;
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some((reason) => conflicts.includes(reason.Code ?? ''))
  );
}

export type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/**
 * One page of a query. The cursor carries only the sort keys; the partition is the query's own, so that a cursor
 * cannot be carried to another partition. `index` 'gsi1' pages by gsi1sk and the item's key.
 */
export async function queryPage<T extends z.ZodMiniType>(
  tools: Pick<Tools, 'db' | 'tableName'>,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
  shape: T,
  cursor?: string,
): Promise<Page<z.output<T>>> {
  const start = cursor && { ExclusiveStartKey: readCursor(cursor, query) };
  const asked = tools.db.send(new QueryCommand({ TableName: tools.tableName, ...query, ...start }));
  const answer = await asked.catch((error: unknown) => {
    // The query is ours and right: what the table does not take of it is the key that came from outside.
    throw start && error instanceof Error && error.name === 'ValidationException' ? strangeCursor() : error;
  });
  const items = (answer.Items ?? []).map((item) => z.parse(shape, item));
  return answer.LastEvaluatedKey ? { items, next: writeCursor(answer.LastEvaluatedKey) } : { items };
}

/** All pages of a query that is bounded by design (a month, a caseload). */
export async function queryAll<T extends z.ZodMiniType>(
  tools: Pick<Tools, 'db' | 'tableName'>,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
  shape: T,
): Promise<z.output<T>[]> {
  const rows = await queryRows(tools, query);
  return rows.map((row) => z.parse(shape, row));
}

/** The same for items of several kinds, which their reader tells apart. */
export async function queryRows(
  tools: Pick<Tools, 'db' | 'tableName'>,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await tools.db.send(
      new QueryCommand({ TableName: tools.tableName, ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    rows.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start);
  return rows;
}

function writeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

const CursorKey = z.record(z.string(), z.string());

function readCursor(
  cursor: string,
  query: Pick<QueryCommandInput, 'IndexName' | 'ExpressionAttributeValues'>,
): Record<string, string> {
  const parsed = z.safeParse(CursorKey, parseJson(Buffer.from(cursor, 'base64url').toString()));
  const partition = query.ExpressionAttributeValues?.[':pk'];
  const named = parsed.success ? parsed.data[query.IndexName ? `${query.IndexName}pk` : 'pk'] : undefined;
  if (!parsed.success || named !== partition) throw strangeCursor();
  return parsed.data;
}

export function strangeCursor(): Refusal {
  return invalid('/query/cursor', 'This cursor does not belong to this list.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
