import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { queueUrl } from '../../../infra/local/aws/index.ts';
import { accountId, startCloud } from './cloud.ts';

const run = promisify(execFile);
const Item = { pk: { S: 'PAT#1' }, sk: { S: 'PROFILE' }, name: { S: 'Meera' } };
const Key = { pk: Item.pk, sk: Item.sk };

it('takes up a kept state: items, messages on their way, subscriptions, boxes, objects', async () => {
  const kept = mkdtempSync(path.join(tmpdir(), 'careconnect-kept-'));
  const topic = { Name: 'careconnect-team-1' };
  const before = await startCloud();
  const url = () => queueUrl(before.cloud.endpoint, accountId, 'due');
  await new DynamoDBClient(before.operator).send(new PutItemCommand({ TableName: 'care', Item }));
  await new SQSClient(before.operator).send(
    new SendMessageCommand({ QueueUrl: url(), MessageBody: 'later', DelaySeconds: 60 }),
  );
  const sns = new SNSClient(before.operator);
  const { TopicArn } = await sns.send(new CreateTopicCommand(topic));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint: '+919800000001' }));
  await new IoTClient(before.operator).send(new CreateThingCommand({ thingName: 'CC-1' }));
  await new S3Client(before.operator).send(
    new PutObjectCommand({ Bucket: 'documents', Key: 'a/ü b', Body: 'text', ContentType: 'text/x' }),
  );
  await before.cloud.save(kept);
  await before.stop();

  const after = await startCloud({ restoreFrom: kept });
  try {
    expect(
      (await new DynamoDBClient(after.operator).send(new GetItemCommand({ TableName: 'care', Key }))).Item,
    ).toEqual(Item);
    const receive = async () => {
      const QueueUrl = queueUrl(after.cloud.endpoint, accountId, 'due');
      return (await new SQSClient(after.operator).send(new ReceiveMessageCommand({ QueueUrl }))).Messages;
    };
    expect(await receive()).toBeUndefined();
    after.advance(60_000);
    expect(await receive()).toMatchObject([{ Body: 'later' }]);
    const listed = await new SNSClient(after.operator).send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(listed.Subscriptions).toMatchObject([{ Endpoint: '+919800000001' }]);
    expect(await new IoTClient(after.operator).send(new DescribeThingCommand({ thingName: 'CC-1' }))).toMatchObject({
      thingName: 'CC-1',
    });
    const object = await new S3Client(after.operator).send(new GetObjectCommand({ Bucket: 'documents', Key: 'a/ü b' }));
    expect([await object.Body?.transformToString(), object.ContentType]).toEqual(['text', 'text/x']);
  } finally {
    await after.stop();
    rmSync(kept, { recursive: true, force: true });
  }
});

it('leaves no table engine behind when it is killed', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'careconnect-crash-'));
  const parent = spawn(process.execPath, [
    '--import',
    'tsx',
    path.join(import.meta.dirname, 'crash-parent.ts'),
    dataDir,
  ]);
  await new Promise((resolve, reject) => {
    parent.stdout.once('data', resolve);
    parent.once('exit', () => reject(new Error('the parent did not start')));
  });
  const engines = async () => {
    const { stdout } = await run('ps', ['-eo', 'args']);
    return stdout
      .split('\n')
      .filter((line) => line.includes(dataDir) && line.includes('dynoxide') && !line.startsWith('sh '));
  };
  expect(await engines()).toHaveLength(1);
  parent.kill('SIGKILL');
  await expect.poll(engines, { timeout: 10_000 }).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
});
