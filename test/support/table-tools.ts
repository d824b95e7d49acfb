import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../functions/shared/document-client.ts';
import { sortableId } from '../../functions/shared/ids.ts';
import { addSeconds, epochMilliseconds } from '../../functions/shared/time.ts';
import type { QueueMessage, QueueName, Tools } from '../../functions/shared/tools.ts';

export type TestTools = Tools & {
  /** What was sent, in order. */
  readonly sent: { readonly queue: QueueName; readonly message: QueueMessage }[];
  readonly metrics: { readonly name: string; readonly value: number }[];
  /** Moves the clock. */
  advance(seconds: number): void;
  setNow(instant: string): void;
  /** Read and write units that the engine metered since the last call. */
  units(): { reads: number; writes: number };
};

export type TestToolsOptions = {
  readonly now?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A table that is there already; a new one when absent. */
  readonly tableName?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Tools over the real table engine with a table of their own and a clock that only moves when told. */
export async function createTestTools(endpoint: string, options: TestToolsOptions = {}): Promise<TestTools> {
  let now = options.now ?? '2026-11-30T04:10:00.000Z';
  const db = documentClient({
    endpoint,
    region: 'ap-south-1',
    credentials: options.credentials ?? { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tableName = options.tableName ?? (await newTable(db));
  const metered = { reads: 0, writes: 0 };
  meter(db, metered);
  const sent: TestTools['sent'] = [];
  const metrics: TestTools['metrics'] = [];
  return {
    now: () => now,
    id: (prefix) => sortableId(prefix, epochMilliseconds(now)),
    db,
    tableName,
    send: async (queue, messages) => {
      for (const message of messages) sent.push({ queue, message });
    },
    env: (name) => {
      const value = options.env?.[name];
      if (value === undefined) throw new Error(`environment variable ${name} is not set`);
      return value;
    },
    metric: (name, value) => metrics.push({ name, value }),
    log: { info: () => undefined, warn: () => undefined, fault: () => undefined },
    sent,
    metrics,
    advance: (seconds) => {
      now = addSeconds(now, seconds);
    },
    setNow: (instant) => {
      now = instant;
    },
    units: () => {
      const used = { ...metered };
      metered.reads = 0;
      metered.writes = 0;
      return used;
    },
  };
}

async function newTable(db: DynamoDBDocumentClient): Promise<string> {
  const tableName = `t-${randomUUID()}`;
  await db.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return tableName;
}

/** Asks the engine what each call consumed. A failed condition is billed by AWS (1 write) though the engine does not say so. */
function meter(db: DynamoDBDocumentClient, metered: { reads: number; writes: number }): void {
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName ?? '';
      const input: unknown = args.input;
      if (typeof input === 'object' && input !== null) Object.assign(input, { ReturnConsumedCapacity: 'TOTAL' });
      const writes = /Put|Update|Delete|Write/.test(name);
      try {
        const result = await next(args);
        const consumed = 'ConsumedCapacity' in result.output ? result.output.ConsumedCapacity : undefined;
        const capacities = consumed === undefined ? [] : Array.isArray(consumed) ? consumed : [consumed];
        const units = capacities.reduce(
          (sum, capacity) => sum + ('CapacityUnits' in capacity ? (capacity.CapacityUnits ?? 0) : 0),
          0,
        );
        if (writes) metered.writes += units;
        else metered.reads += units;
        return result;
      } catch (error) {
        if (writes) metered.writes += 1;
        throw error;
      }
    },
    { step: 'initialize', name: 'meter' },
  );
}
