import { BatchWriteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Asked, gather, grouped } from './gather.ts';

type Put = {
  readonly tableName: string;
  readonly item: Record<string, unknown> & { readonly pk: string; readonly sk: string };
};

/** DynamoDB takes so many items in one request. */
const mostItems = 25;

/** Puts an item, whatever stands there. Puts of the same moment travel as one request; of one item the last is put. */
export const putTogether = gather<Put, void>((db, all) => {
  for (const alike of grouped(all, ({ question }) => question.tableName)) {
    const byKey = grouped(alike, ({ question: { item } }) => keyOf(item));
    for (let start = 0; start < byKey.length; start += mostItems)
      void putSome(db, byKey.slice(start, start + mostItems));
  }
});

/** What a common request left over or refused is put alone, so that one strange item is no other writer's trouble. */
async function putSome(db: DynamoDBDocumentClient, groups: readonly Asked<Put, void>[][]): Promise<void> {
  const puts = groups.flatMap((group) => group.slice(-1).map(({ question }) => question));
  const done = puts.length > 1 ? await putMany(db, puts).catch(() => new Set<string>()) : new Set<string>();
  await Promise.all(
    puts.map(async ({ tableName, item }, index) => {
      const group = groups[index] ?? [];
      try {
        if (!done.has(keyOf(item))) await db.send(new PutCommand({ TableName: tableName, Item: item }));
        for (const { answer } of group) answer();
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }),
  );
}

/** The keys of what was put. */
async function putMany(db: DynamoDBDocumentClient, puts: readonly Put[]): Promise<Set<string>> {
  const tableName = puts[0]?.tableName ?? '';
  const requests = puts.map(({ item }) => ({ PutRequest: { Item: item } }));
  const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  const done = new Set(puts.map(({ item }) => keyOf(item)));
  for (const { PutRequest } of UnprocessedItems?.[tableName] ?? []) done.delete(keyOf(PutRequest?.Item ?? {}));
  return done;
}

function keyOf({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string {
  return `${pk}\n${sk}`;
}
