import * as z from 'zod/mini';
import { AwsError, UnknownOperation } from '../aws-error.ts';
import type { Need } from '../gate.ts';
import type { Item, TableDef } from '../types.ts';

export const attributes = z.record(z.string(), z.record(z.string(), z.unknown()));
const onItem = z.looseObject({ TableName: z.string() });
const put = z.looseObject({ TableName: z.string(), Item: attributes });
const keyed = z.looseObject({ TableName: z.string(), Key: attributes });
const query = z.looseObject({ TableName: z.string(), IndexName: z.optional(z.string()) });
const transactWrite = z.looseObject({
  TransactItems: z.array(
    z.looseObject({
      Put: z.optional(put),
      Update: z.optional(keyed),
      Delete: z.optional(keyed),
      ConditionCheck: z.optional(keyed),
    }),
  ),
});
const transactGet = z.looseObject({ TransactItems: z.array(z.looseObject({ Get: keyed })) });
const batchWrite = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.looseObject({
        PutRequest: z.optional(z.looseObject({ Item: attributes })),
        DeleteRequest: z.optional(z.looseObject({ Key: attributes })),
      }),
    ),
  ),
});
const batchGet = z.looseObject({ RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(attributes) })) });

/** One item that a call touches, with the IAM action that AWS asks for it. */
export type Touch = { table: string; action: string; key?: Item; changes: boolean; index?: string };

/** Which items a call touches; refuses operations that the local cloud does not have. */
export function touches(operation: string, input: unknown, tables: ReadonlyMap<string, TableDef>): Touch[] {
  const one = (action: string, table: string, from: Item | undefined, changes: boolean): Touch => {
    const definition = tables.get(table);
    const key = from && definition ? keyOf(definition, from) : undefined;
    return { table, action, changes, ...(key ? { key } : {}) };
  };
  switch (operation) {
    case 'GetItem':
      return [readAs(keyed, input)].map((call) => one(operation, call.TableName, call.Key, false));
    case 'PutItem':
      return [readAs(put, input)].map((call) => one(operation, call.TableName, call.Item, true));
    case 'UpdateItem':
    case 'DeleteItem':
      return [readAs(keyed, input)].map((call) => one(operation, call.TableName, call.Key, true));
    case 'Query':
    case 'Scan': {
      const call = readAs(query, input);
      return [
        { ...one(operation, call.TableName, undefined, false), ...(call.IndexName ? { index: call.IndexName } : {}) },
      ];
    }
    case 'BatchGetItem':
      return Object.entries(readAs(batchGet, input).RequestItems).flatMap(([table, { Keys }]) =>
        Keys.map((key) => one(operation, table, key, false)),
      );
    case 'BatchWriteItem':
      return Object.entries(readAs(batchWrite, input).RequestItems).flatMap(([table, requests]) =>
        requests.map((r) => one(operation, table, r.PutRequest?.Item ?? r.DeleteRequest?.Key, true)),
      );
    case 'TransactGetItems':
      return readAs(transactGet, input).TransactItems.map(({ Get }) => one('GetItem', Get.TableName, Get.Key, false));
    case 'TransactWriteItems':
      return readAs(transactWrite, input).TransactItems.flatMap((item) => [
        ...(item.Put ? [one('PutItem', item.Put.TableName, item.Put.Item, true)] : []),
        ...(item.Update ? [one('UpdateItem', item.Update.TableName, item.Update.Key, true)] : []),
        ...(item.Delete ? [one('DeleteItem', item.Delete.TableName, item.Delete.Key, true)] : []),
        ...(item.ConditionCheck
          ? [one('ConditionCheckItem', item.ConditionCheck.TableName, item.ConditionCheck.Key, false)]
          : []),
      ]);
    case 'DescribeTable':
      return [one(operation, readAs(onItem, input).TableName, undefined, false)];
    default:
      throw new UnknownOperation('dynamodb', operation);
  }
}

/** IAM asks for the item's action on the table or index, and for the key the table is encrypted by. */
export function needsOf(
  operation: string,
  touched: Touch[],
  input: unknown,
  tables: ReadonlyMap<string, TableDef>,
  region: string,
): Need[] {
  const needs = new Map<string, Need>();
  for (const touch of touched) {
    const table = tables.get(touch.table);
    if (!table) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${touch.table}`);
    const resource = touch.index ? `${table.arn}/index/${touch.index}` : table.arn;
    const need = needs.get(`${touch.action} ${resource}`) ?? {
      action: `dynamodb:${touch.action}`,
      resources: [resource],
    };
    const leading = touch.key?.[table.keySchema[0]?.AttributeName ?? ''] ?? queriedPartition(input);
    if (leading)
      need.context = { 'dynamodb:LeadingKeys': [...leadingKeys(need), ...Object.values(leading).map(String)] };
    needs.set(`${touch.action} ${resource}`, need);
    if (table.keyArn && operation !== 'DescribeTable')
      needs.set(table.keyArn, {
        action: 'kms:Decrypt',
        resources: [table.keyArn],
        context: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
      });
  }
  return [...needs.values()];
}

function leadingKeys(need: Need): string[] {
  const known = need.context?.['dynamodb:LeadingKeys'];
  return Array.isArray(known) ? known : [];
}

const queryShape = z.looseObject({ KeyConditionExpression: z.string(), ExpressionAttributeValues: attributes });
function queriedPartition(input: unknown): Record<string, unknown> | undefined {
  const call = z.safeParse(queryShape, input);
  if (!call.success) return undefined;
  const placeholder = /=\s*(:\w+)/.exec(call.data.KeyConditionExpression)?.[1];
  return placeholder ? call.data.ExpressionAttributeValues[placeholder] : undefined;
}

export function keyOf(table: TableDef, item: Item): Item {
  const key: Item = {};
  for (const { AttributeName } of table.keySchema) {
    const value = item[AttributeName];
    if (value) key[AttributeName] = value;
  }
  return key;
}

/** A string that is the same for the same item, however its key was spelled. */
export function keyText(table: TableDef, key: Item): string {
  return JSON.stringify([table.name, ...table.keySchema.map(({ AttributeName }) => key[AttributeName])]);
}

function readAs<Shape extends z.ZodMiniType>(shape: Shape, input: unknown): z.output<Shape> {
  const parsed = z.safeParse(shape, input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AwsError('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
}
