import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Asked, gather, grouped } from './gather.ts';

export type Read = {
  readonly tableName: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly consistent: boolean;
};
type Row = Record<string, unknown> | undefined;

/** DynamoDB takes so many keys in one request. */
const mostKeys = 100;

/** One item by its key. Reads of the same moment travel as one request. */
export const readTogether = gather<Read, Row>((db, all) => {
  // A request reads one table in one way.
  for (const alike of grouped(all, ({ question }) => `${question.tableName} ${question.consistent}`)) {
    const byKey = grouped(alike, ({ question }) => nameOf(question));
    for (let start = 0; start < byKey.length; start += mostKeys)
      void answerSome(db, byKey.slice(start, start + mostKeys));
  }
});

/** What a common request left unread or refused is asked for alone, so that one strange key is no other reader's trouble. */
async function answerSome(db: DynamoDBDocumentClient, groups: readonly Asked<Read, Row>[][]): Promise<void> {
  const reads = groups.flatMap((group) => group.slice(0, 1).map(({ question }) => question));
  const known = reads.length > 1 ? await readMany(db, reads).catch(() => new Map<string, Row>()) : new Map();
  await Promise.all(
    reads.map(async (read, index) => {
      const group = groups[index] ?? [];
      try {
        const row = known.has(nameOf(read)) ? known.get(nameOf(read)) : await readOne(db, read);
        for (const { answer } of group) answer(row);
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }),
  );
}

async function readOne(db: DynamoDBDocumentClient, { tableName, key, consistent }: Read): Promise<Row> {
  return (await db.send(new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: consistent }))).Item;
}

async function readMany(db: DynamoDBDocumentClient, reads: readonly Read[]): Promise<Map<string, Row>> {
  const { tableName = '', consistent = true } = reads[0] ?? {};
  const wanted = { Keys: reads.map(({ key }) => ({ ...key })), ConsistentRead: consistent };
  const answer = await db.send(new BatchGetCommand({ RequestItems: { [tableName]: wanted } }));
  const rows = new Map<string, Row>(reads.map((read) => [nameOf(read), undefined]));
  for (const row of answer.Responses?.[tableName] ?? []) rows.set(nameOf({ key: row }), row);
  for (const key of answer.UnprocessedKeys?.[tableName]?.Keys ?? []) rows.delete(nameOf({ key }));
  return rows;
}

function nameOf({ key }: { readonly key: Record<string, unknown> }): string {
  return `${key.pk}\n${key.sk}`;
}
