import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from './cloud.ts';
import { allow, keyArn, startCloud, tableArn } from './cloud.ts';

const key = { pk: 'PAT#1', sk: 'DAY#2026-11-30' };
const TableName = 'care';
let cloud: Cloud;
let table: DynamoDBDocumentClient;
const as = (name: string, ...statements: Parameters<Cloud['as']>[1][]) =>
  DynamoDBDocumentClient.from(new DynamoDBClient(cloud.as(name, ...statements)));

beforeAll(async () => {
  cloud = await startCloud();
  table = as('alerts', allow(['dynamodb:*'], [tableArn, `${tableArn}/index/*`]), allow(['kms:Decrypt'], [keyArn]));
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await table.send(new DeleteCommand({ TableName, Key: key }));
  cloud.records.length = 0;
  cloud.cloud.meter.reset();
});

describe('the stream', () => {
  it('carries every change of an item in the order of its writes, old and new', async () => {
    await table.send(new PutCommand({ TableName, Item: { ...key, n: 0 } }));
    const add = new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
    });
    await Promise.all(Array.from({ length: 30 }, () => table.send(add)));
    await table.send(new DeleteCommand({ TableName, Key: key }));
    const seen = cloud.records.map(({ eventName, dynamodb }) => [
      eventName,
      dynamodb.OldImage?.n?.N,
      dynamodb.NewImage?.n?.N,
    ]);
    expect(seen).toEqual([
      ['INSERT', undefined, '0'],
      ...Array.from({ length: 30 }, (_, i) => ['MODIFY', String(i), String(i + 1)]),
      ['REMOVE', '30', undefined],
    ]);
    const sequence = cloud.records.map((record) => record.dynamodb.SequenceNumber);
    expect(sequence).toEqual([...sequence].sort());
  });

  it('says nothing of a write that changes nothing or was refused', async () => {
    await table.send(new PutCommand({ TableName, Item: { ...key, n: 1 } }));
    await table.send(new PutCommand({ TableName, Item: { ...key, n: 1 } }));
    const fresh = new PutCommand({
      TableName,
      Item: { ...key, n: 2 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(table.send(fresh)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(cloud.records).toHaveLength(1);
  });

  it('carries each item of a transaction and of a batch', async () => {
    const other = { ...key, sk: 'ALERT#open' };
    await table.send(
      new TransactWriteCommand({
        TransactItems: [{ Put: { TableName, Item: { ...key, n: 1 } } }, { Put: { TableName, Item: other } }],
      }),
    );
    await table.send(
      new BatchWriteCommand({
        RequestItems: { care: [{ DeleteRequest: { Key: other } }, { PutRequest: { Item: { ...key, n: 2 } } }] },
      }),
    );
    expect(cloud.records.map((record) => [record.dynamodb.Keys.sk?.S, record.eventName])).toEqual([
      [key.sk, 'INSERT'],
      [other.sk, 'INSERT'],
      [other.sk, 'REMOVE'],
      [key.sk, 'MODIFY'],
    ]);
  });

  it('gives the writer what it asked for and no more', async () => {
    const put = await table.send(new PutCommand({ TableName, Item: { ...key, n: 1 } }));
    expect(put.Attributes).toBeUndefined();
    expect(put.ConsumedCapacity).toBeUndefined();
    const update = { TableName, Key: key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 } };
    expect((await table.send(new UpdateCommand(update))).Attributes).toBeUndefined();
    expect((await table.send(new UpdateCommand({ ...update, ReturnValues: 'UPDATED_NEW' }))).Attributes).toEqual({
      n: 3,
    });
    expect((await table.send(new UpdateCommand({ ...update, ReturnValues: 'ALL_OLD' }))).Attributes).toEqual({
      ...key,
      n: 3,
    });
    expect((await table.send(new UpdateCommand({ ...update, ReturnValues: 'ALL_NEW' }))).Attributes).toEqual({
      ...key,
      n: 5,
    });
    expect(cloud.records.map((record) => record.dynamodb.NewImage?.n?.N)).toEqual(['1', '2', '3', '4', '5']);
    const gone = await table.send(
      new DeleteCommand({ TableName, Key: key, ReturnValues: 'ALL_OLD', ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(gone.Attributes).toEqual({ ...key, n: 5 });
    expect(gone.ConsumedCapacity?.CapacityUnits).toBe(1);
  });

  it('tells of items whose time to live has passed', async () => {
    const expiresAtEpochSeconds = Math.floor(cloud.clock.now / 1000) + 60;
    await table.send(new PutCommand({ TableName, Item: { ...key, expiresAtEpochSeconds } }));
    expect(await cloud.cloud.sweepExpired()).toBe(0);
    cloud.advance(120_000);
    expect(await cloud.cloud.sweepExpired()).toBe(1);
    expect(cloud.records.at(-1)).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { principalId: 'dynamodb.amazonaws.com' },
    });
  });
});

describe('the meter', () => {
  it('counts units by function, failed conditions too', async () => {
    await table.send(new PutCommand({ TableName, Item: { ...key, gsi1pk: 'TEAM#1', gsi1sk: 'a' } }));
    const fresh = new PutCommand({ TableName, Item: key, ConditionExpression: 'attribute_not_exists(pk)' });
    await expect(table.send(fresh)).rejects.toThrow();
    await table.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
    expect(cloud.cloud.meter.read().byFunction.alerts).toEqual({ writeUnits: 3, readUnits: 1, writes: 2, reads: 1 });
  });
});

describe('a role', () => {
  it('needs the key of an encrypted table, not only the table', async () => {
    const keyless = as('keyless', allow(['dynamodb:GetItem'], [tableArn]));
    await expect(keyless.send(new GetCommand({ TableName, Key: key }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(cloud.cloud.denied().at(-1)).toMatchObject({
      functionName: 'keyless',
      action: 'kms:Decrypt',
      resource: keyArn,
    });
  });

  it('writes a transaction by the actions of its items', async () => {
    const putter = as('putter', allow(['dynamodb:PutItem'], [tableArn]), allow(['kms:Decrypt'], [keyArn]));
    await putter.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: key } }] }));
    const both = new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName, Item: key } },
        { ConditionCheck: { TableName, Key: { pk: 'x', sk: 'y' }, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    });
    await expect(putter.send(both)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(cloud.cloud.denied().at(-1)).toMatchObject({ action: 'dynamodb:ConditionCheckItem' });
  });

  it('queries an index only with the permission for that index', async () => {
    const reader = as('reader', allow(['dynamodb:Query'], [tableArn]), allow(['kms:Decrypt'], [keyArn]));
    const query = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'PAT#1' } };
    await reader.send(new QueryCommand(query));
    const byIndex = { ...query, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :pk' };
    await expect(reader.send(new QueryCommand(byIndex))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(cloud.cloud.denied().at(-1)?.resource).toBe(`${tableArn}/index/gsi1`);
  });

  it('is nobody with an unknown key', async () => {
    const stranger = new DynamoDBClient({
      ...cloud.operator,
      credentials: { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' },
    });
    await expect(
      DynamoDBDocumentClient.from(stranger).send(new GetCommand({ TableName, Key: key })),
    ).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    expect(cloud.cloud.denied().at(-1)).toMatchObject({ why: 'unknown-caller', accessKeyId: 'AKIASTRANGER' });
  });
});

describe('faults', () => {
  it('fail the next calls in a way that clients retry', async () => {
    cloud.cloud.faults.set({
      service: 'dynamodb',
      error: 'ProvisionedThroughputExceededException',
      times: 2,
      operation: 'PutItem',
    });
    const patient = DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...cloud.as('patient', allow(['*'], ['*'])), maxAttempts: 5 }),
    );
    const answer = await patient.send(new PutCommand({ TableName, Item: key }));
    expect(answer.$metadata.attempts).toBe(3);
    expect(cloud.cloud.faults.pending()).toEqual([]);
  });
});
