import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Gate } from '../gate.ts';
import type { Service } from '../service.ts';
import { readJson, refuseJson } from '../service.ts';
import type { AwsOptions, TableDef } from '../types.ts';
import type { Touch } from './calls.ts';
import { needsOf, touches } from './calls.ts';
import type { Engine, EngineAnswer } from './engine.ts';
import type { UnitMeter } from './meter.ts';
import type { StreamedWrites } from './streamed-writes.ts';

const contentType = 'application/x-amz-json-1.0';

/** DynamoDB at the front door: permission, stream records and metering here, everything else in the engine. */
export function dynamoService(
  options: AwsOptions,
  engine: Engine,
  streamed: StreamedWrites,
  meter: UnitMeter,
): Service {
  const tables = new Map<string, TableDef>();
  for (const table of options.resources.tables) tables.set(table.name, table).set(table.arn, table);
  return {
    name: 'dynamodb',
    async handle(request, gate) {
      const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
      const input = readJson(request.body);
      const touched = touches(operation, input, tables);
      gate.allow('dynamodb', operation, needsOf(operation, touched, input, tables, options.region));
      gate.fault('dynamodb', operation, () => request.body.toString());
      const writes = touched.some((touch) => touch.changes);
      const metered = { ...input, ReturnConsumedCapacity: wanted(input) ? input.ReturnConsumedCapacity : 'TOTAL' };
      const answer = writes ? await streamed.write(operation, metered, touched) : await engine.call(operation, metered);
      count(meter, gate, operation, touched, answer);
      if (!wanted(input)) delete answer.body.ConsumedCapacity;
      if (answer.status === 200 && writes) gate.wrote(`dynamodb:${operation}`);
      return {
        status: answer.status,
        headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() },
        body: JSON.stringify(answer.body),
      };
    },
    refuse: (error) => refuseJson(error, contentType),
  };
}

function wanted(input: Record<string, unknown>): boolean {
  return input.ReturnConsumedCapacity !== undefined && input.ReturnConsumedCapacity !== 'NONE';
}

const capacity = z.looseObject({ CapacityUnits: z.optional(z.number()) });
const consumed = z.looseObject({ ConsumedCapacity: z.optional(z.union([capacity, z.array(capacity)])) });
const failure = z.looseObject({ __type: z.optional(z.string()) });

/** A failed condition costs a write unit for each item (two in a transaction), as AWS bills it. */
function count(meter: UnitMeter, gate: Gate, operation: string, touched: Touch[], answer: EngineAnswer): void {
  const name = gate.caller.identity.functionName;
  const writes = touched.some((touch) => touch.changes);
  if (answer.status === 200) {
    const parsed = z.safeParse(consumed, answer.body);
    const all = parsed.success ? [parsed.data.ConsumedCapacity ?? []].flat() : [];
    const units = all.reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    if (operation !== 'DescribeTable') meter.add(name, writes ? 'write' : 'read', units);
    return;
  }
  const type = z.safeParse(failure, answer.body).data?.__type ?? '';
  if (type.endsWith('ConditionalCheckFailedException')) meter.add(name, 'write', 1);
  if (type.endsWith('TransactionCanceledException')) meter.add(name, writes ? 'write' : 'read', 2 * touched.length);
}

/** Creates the template's tables in the engine, unless they came with restored data. */
export async function createTables(engine: Engine, tables: TableDef[]): Promise<void> {
  const present = z.parse(z.looseObject({ TableNames: z.array(z.string()) }), await engine.demand('ListTables', {}));
  for (const table of tables) {
    if (present.TableNames.includes(table.name)) continue;
    await engine.demand('CreateTable', {
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: table.keySchema,
      AttributeDefinitions: table.attributeDefinitions,
      ...(table.globalSecondaryIndexes?.length
        ? {
            GlobalSecondaryIndexes: table.globalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
              IndexName,
              KeySchema,
              Projection,
            })),
          }
        : {}),
    });
  }
}
