import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

export type Read = {
  readonly tableName: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly consistent: boolean;
};
type Row = Record<string, unknown> | undefined;
type Asked = Read & { readonly answer: (row: Row) => void; readonly fail: (error: unknown) => void };

/** DynamoDB takes so many keys in one request. */
const mostKeys = 100;
const waiting = new WeakMap<DynamoDBDocumentClient, Asked[]>();

/**
 * One item by its key. Reads of the same moment travel as one request: whoever asks for several things at once, and the
 * messages of one batch, which are carried out side by side, cost a request a step and not a request an item.
 */
export function readTogether(db: DynamoDBDocumentClient, read: Read): Promise<Row> {
  return new Promise((answer, fail) => {
    const asked = waiting.get(db) ?? [];
    asked.push({ ...read, answer, fail });
    if (asked.length > 1) return;
    waiting.set(db, asked);
    setImmediate(() => answerWaiting(db));
  });
}

function answerWaiting(db: DynamoDBDocumentClient): void {
  const all = waiting.get(db) ?? [];
  waiting.delete(db);
  // A request reads one table in one way.
  for (const alike of grouped(all, ({ tableName, consistent }) => `${tableName} ${consistent}`)) {
    const byKey = grouped(alike, nameOf);
    for (let start = 0; start < byKey.length; start += mostKeys)
      void answerSome(db, byKey.slice(start, start + mostKeys));
  }
}

/** What a common request left unread or refused is asked for alone, so that one strange key is no other reader's trouble. */
async function answerSome(db: DynamoDBDocumentClient, groups: readonly Asked[][]): Promise<void> {
  const reads = groups.flatMap((group) => group.slice(0, 1));
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

function grouped<T>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return [...groups.values()];
}
