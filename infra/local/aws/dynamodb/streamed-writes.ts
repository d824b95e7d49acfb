import * as z from 'zod/mini';
import type { AwsOptions, Item, TableDef } from '../types.ts';
import type { Touch } from './calls.ts';
import { attributes, keyOf, keyText } from './calls.ts';
import type { Engine, EngineAnswer } from './engine.ts';
import type { KeyLocks } from './locks.ts';
import { keyLocks } from './locks.ts';
import { recordMaker } from './records.ts';

export type StreamedWrites = {
  write(operation: string, input: Record<string, unknown>, touched: Touch[]): Promise<EngineAnswer>;
  sweepExpired(): Promise<number>;
};

type Images = Map<string, Item | undefined>;
type Changed = { table: TableDef; key: Item; text: string };

/**
 * Writes with the stream made here, because the engine's own would slow it tenfold: old and new image of every changed
 * item are read under that item's lock, so records of one item leave in the order of its writes.
 */
export function streamedWrites(
  engine: Engine,
  options: Pick<AwsOptions, 'region' | 'now' | 'onStreamRecord'> & { resources: { tables: TableDef[] } },
): StreamedWrites {
  const locks: KeyLocks = keyLocks();
  const makeRecord = recordMaker(options.region, options.now);
  const tables = new Map<string, TableDef>();
  for (const table of options.resources.tables) tables.set(table.name, table).set(table.arn, table);

  const emit = (changed: Changed[], before: Images, after: Images, byTimeToLive = false) => {
    for (const { table, key, text } of changed) {
      const record = makeRecord(table, { key, old: before.get(text), new: after.get(text), byTimeToLive });
      if (record) options.onStreamRecord(table.name, record);
    }
  };

  return {
    async write(operation, input, touched) {
      const changed = touched.flatMap((touch): Changed[] => {
        const table = tables.get(touch.table);
        if (!touch.changes || !touch.key || !table?.streamArn) return [];
        return [{ table, key: touch.key, text: keyText(table, touch.key) }];
      });
      if (changed.length === 0) return engine.call(operation, input);
      return locks.hold(
        changed.map(({ text }) => text),
        async () => {
          const only = changed[0];
          if (only && operation === 'PutItem') return replaceOne(engine, operation, input, only, emit);
          if (only && operation === 'DeleteItem') return replaceOne(engine, operation, input, only, emit);
          if (only && operation === 'UpdateItem') return updateOne(engine, input, only, emit);
          const before = await readImages(engine, changed);
          const answer = await engine.call(operation, input);
          if (answer.status === 200) emit(changed, before, await readImages(engine, changed));
          return answer;
        },
      );
    },

    async sweepExpired() {
      let removed = 0;
      for (const table of options.resources.tables) {
        if (!table.timeToLiveAttribute) continue;
        for (const key of await expiredKeys(engine, table, table.timeToLiveAttribute, options.now())) {
          const one = { table, key, text: keyText(table, key) };
          await locks.hold([one.text], async () => {
            const before = await readImages(engine, [one]);
            await engine.demand('DeleteItem', { TableName: table.name, Key: key });
            emit([one], before, new Map(), true);
          });
          removed += 1;
        }
      }
      return removed;
    },
  };
}

const answered = z.looseObject({ Attributes: z.optional(attributes) });
const putInput = z.looseObject({ Item: z.optional(attributes) });

/** A put or delete gives its old image away by itself: one call instead of three. */
async function replaceOne(
  engine: Engine,
  operation: string,
  input: Record<string, unknown>,
  changed: Changed,
  emit: (changed: Changed[], before: Images, after: Images) => void,
): Promise<EngineAnswer> {
  const answer = await engine.call(operation, { ...input, ReturnValues: 'ALL_OLD' });
  if (answer.status !== 200) return answer;
  const old = z.parse(answered, answer.body).Attributes;
  const item = operation === 'PutItem' ? z.parse(putInput, input).Item : undefined;
  emit([changed], new Map([[changed.text, old]]), new Map([[changed.text, item]]));
  if (input.ReturnValues !== 'ALL_OLD') delete answer.body.Attributes;
  return answer;
}

/** An update tells one of its images when asked; the other is read before, or after for a caller who wants parts of either. */
async function updateOne(
  engine: Engine,
  input: Record<string, unknown>,
  changed: Changed,
  emit: (changed: Changed[], before: Images, after: Images) => void,
): Promise<EngineAnswer> {
  const before = await readImages(engine, [changed]);
  const wanted = input.ReturnValues ?? 'NONE';
  const inParts = wanted === 'UPDATED_OLD' || wanted === 'UPDATED_NEW';
  const answer = await engine.call('UpdateItem', { ...input, ReturnValues: inParts ? wanted : 'ALL_NEW' });
  if (answer.status !== 200) return answer;
  const after: Images = inParts
    ? await readImages(engine, [changed])
    : new Map([[changed.text, z.parse(answered, answer.body).Attributes]]);
  emit([changed], before, after);
  if (wanted === 'NONE') delete answer.body.Attributes;
  if (wanted === 'ALL_OLD') answer.body.Attributes = before.get(changed.text);
  return answer;
}

const batchAnswer = z.looseObject({ Responses: z.record(z.string(), z.array(attributes)) });
const getAnswer = z.looseObject({ Item: z.optional(attributes) });

async function readImages(engine: Engine, wanted: Changed[]): Promise<Images> {
  const images: Images = new Map();
  const first = wanted[0];
  if (first && wanted.length === 1) {
    const { name } = first.table;
    const answer = await engine.demand('GetItem', { TableName: name, Key: first.key, ConsistentRead: true });
    return images.set(first.text, z.parse(getAnswer, answer).Item);
  }
  const requests: Record<string, { Keys: Item[]; ConsistentRead: true }> = {};
  for (const { table, key } of wanted) {
    const request = requests[table.name] ?? { Keys: [], ConsistentRead: true };
    request.Keys.push(key);
    requests[table.name] = request;
  }
  const answer = z.parse(batchAnswer, await engine.demand('BatchGetItem', { RequestItems: requests }));
  for (const { table } of wanted)
    for (const item of answer.Responses[table.name] ?? []) images.set(keyText(table, keyOf(table, item)), item);
  return images;
}

const scanned = z.looseObject({ Items: z.array(attributes), LastEvaluatedKey: z.optional(attributes) });

async function expiredKeys(engine: Engine, table: TableDef, attribute: string, now: number): Promise<Item[]> {
  const keys: Item[] = [];
  let from: Item | undefined;
  do {
    const page = z.parse(
      scanned,
      await engine.demand('Scan', {
        TableName: table.name,
        FilterExpression: '#ttl < :now',
        ExpressionAttributeNames: { '#ttl': attribute },
        ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    keys.push(...page.Items.map((item) => keyOf(table, item)));
    from = page.LastEvaluatedKey;
  } while (from);
  return keys;
}
