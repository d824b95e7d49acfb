import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ItemChange } from '../../functions/shared/events.ts';
import type { Tools } from '../../functions/shared/tools.ts';

const Key = z.object({ pk: z.string(), sk: z.string() });
const Write = z.object({ Item: z.optional(Key), Key: z.optional(Key) });
const Input = z.extend(Write, { TransactItems: z.optional(z.array(z.record(z.string(), Write))) });
type Key = z.infer<typeof Key>;
type Image = Record<string, unknown> | undefined;

export type Recorded = { readonly change: ItemChange; readonly image: NonNullable<Image> };

/**
 * Says of each write what the table's stream would say: nothing when the write failed or changed nothing. It looks at the
 * item before and after by a client of its own, so that looking is not metered.
 */
export function recordChanges(tools: Tools, endpoint: string, hear: (recorded: Recorded) => void): void {
  const peek = peekAt(tools.tableName, endpoint);
  tools.db.middlewareStack.add(
    (next, context) => async (args) => {
      const keys = /Get|Query|Scan/.test(context.commandName ?? '') ? [] : keysOf(args.input);
      const before = await Promise.all(keys.map(peek));
      const result = await next(args);
      const after = await Promise.all(keys.map(peek));
      for (const [index, key] of keys.entries()) {
        const recorded = changeOf(key, before[index], after[index], tools.now());
        if (recorded) hear(recorded);
      }
      return result;
    },
    { step: 'initialize', name: 'changes', priority: 'high' },
  );
}

function keysOf(input: unknown): Key[] {
  const { Item, Key, TransactItems = [] } = z.parse(Input, input);
  const single = Item ?? Key;
  const all = TransactItems.flatMap((action) => Object.values(action)).map((write) => write.Item ?? write.Key);
  return [single, ...all].filter((key) => key !== undefined);
}

function peekAt(TableName: string, endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'ap-south-1', credentials }));
  return async ({ pk, sk }: Key): Promise<Image> =>
    (await db.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
}

function changeOf({ pk, sk }: Key, before: Image, after: Image, at: string): Recorded | undefined {
  const image = after ?? before;
  if (!image || typeof image.kind !== 'string' || JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const event = !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE';
  return { change: { kind: image.kind, pk, sk, event, at }, image };
}
