import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AwsOptions, PolicyStatement, Resources, StreamRecord } from '../../../infra/local/aws/index.ts';
import { startAws } from '../../../infra/local/aws/index.ts';

export const region = 'ap-south-1';
export const accountId = '000000000000';
export const keyArn = `arn:aws:kms:${region}:${accountId}:key/main`;
export const tableArn = `arn:aws:dynamodb:${region}:${accountId}:table/care`;
export const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
export const topicArn = (name: string) => `arn:aws:sns:${region}:${accountId}:${name}`;

export const allow = (Action: string[], Resource: string[]): PolicyStatement => ({ Effect: 'Allow', Action, Resource });

const template: Resources = {
  tables: [
    {
      name: 'care',
      arn: tableArn,
      keySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      attributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      globalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      streamArn: `${tableArn}/stream/2026`,
      timeToLiveAttribute: 'expiresAtEpochSeconds',
      keyArn,
    },
  ],
  buckets: [
    {
      name: 'documents',
      arn: 'arn:aws:s3:::documents',
      keyArn,
      eventBridge: true,
      corsRules: [{ AllowedOrigins: ['https://app.example'], AllowedMethods: ['PUT', 'GET'], AllowedHeaders: ['*'] }],
    },
  ],
  queues: [
    {
      name: 'due',
      arn: queueArn('due'),
      visibilityTimeoutSeconds: 30,
      keyArn,
      deadLetter: { queueArn: queueArn('due-dead'), maxReceiveCount: 2 },
    },
    { name: 'due-dead', arn: queueArn('due-dead'), visibilityTimeoutSeconds: 30 },
  ],
  topics: [],
  keys: [{ arn: keyArn, aliases: ['alias/careconnect'] }],
  userPools: [],
  secrets: [
    { name: 'vapid', arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:vapid`, generateSecretString: {} },
  ],
  parameters: [],
  iot: { policies: [], thingTypes: [] },
};

/** A started cloud with a clock in the test's hand, everything it announced, and credentials by role. */
export async function startCloud(overrides: Partial<AwsOptions> = {}, resources: Partial<Resources> = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'careconnect-aws-'));
  const clock = { now: Date.parse('2026-11-30T04:10:00.000Z') };
  const records: StreamRecord[] = [];
  const objects: unknown[] = [];
  const published: { topic: string; payload: unknown }[] = [];
  const cloud = await startAws({
    port: 0,
    now: () => clock.now,
    region,
    accountId,
    dataDir,
    resources: { ...template, ...resources },
    invoke: async (functionName) => ({ payload: undefined, error: { type: 'Error', message: `no ${functionName}` } }),
    onStreamRecord: (_table, record) => void records.push(record),
    onObject: (event) => void objects.push(event),
    iotPublish: (topic, payload) =>
      void published.push({ topic, payload: JSON.parse(Buffer.from(payload).toString()) }),
    connections: { post: async () => false, get: async () => undefined, close: async () => false },
    ...overrides,
  });
  let environments = 0;
  return {
    cloud,
    clock,
    records,
    objects,
    published,
    dataDir,
    /** What a client needs to call as a function with these permissions. */
    as(functionName: string, ...statements: PolicyStatement[]) {
      environments += 1;
      const credentials = cloud.identities.register({ functionName, accessKeyId: `FN${environments}`, statements });
      return { endpoint: cloud.endpoint, region, credentials, maxAttempts: 1 };
    },
    operator: { endpoint: cloud.endpoint, region, credentials: cloud.operator, maxAttempts: 1 },
    advance(milliseconds: number) {
      clock.now += milliseconds;
      cloud.clockMoved();
    },
    async stop() {
      await cloud.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>;
