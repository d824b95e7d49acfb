import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queueUrl } from '../../../infra/local/aws/index.ts';
import type { Cloud } from './cloud.ts';
import { accountId, allow, keyArn, queueArn, region, startCloud, topicArn } from './cloud.ts';

let cloud: Cloud;
const key = allow(['kms:GenerateDataKey', 'kms:Decrypt'], [keyArn]);
const sqs = (...statements: Parameters<Cloud['as']>[1][]) => new SQSClient(cloud.as('queue-user', ...statements));
const sns = (...statements: Parameters<Cloud['as']>[1][]) => new SNSClient(cloud.as('topic-user', ...statements));
const s3 = (...statements: Parameters<Cloud['as']>[1][]) => new S3Client(cloud.as('bucket-user', ...statements));
const url = (name: string) => queueUrl(cloud.cloud.endpoint, accountId, name);

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.cloud.outbox.clear());

describe('a queue', () => {
  it('holds a delayed message until its second by the moved clock', async () => {
    const client = sqs(allow(['sqs:*'], [queueArn('due')]), key);
    await client.send(new SendMessageCommand({ QueueUrl: url('due'), MessageBody: 'remind', DelaySeconds: 60 }));
    const receive = async () => (await client.send(new ReceiveMessageCommand({ QueueUrl: url('due') }))).Messages?.[0];
    cloud.advance(59_999);
    expect(await receive()).toBeUndefined();
    expect(cloud.cloud.sqs.nextReadableAt()).toBe(cloud.clock.now + 1);
    cloud.advance(1);
    const message = await receive();
    expect(message?.Body).toBe('remind');
    await client.send(new DeleteMessageCommand({ QueueUrl: url('due'), ReceiptHandle: message?.ReceiptHandle }));
    expect(cloud.cloud.idle()).toMatchObject({ ready: 0, inFlight: 0, delayed: 0 });
  });

  it('gives an unfinished message again after its time-out, and up to the dead letters after two receives', async () => {
    const client = sqs(allow(['sqs:*'], [queueArn('due'), queueArn('due-dead')]), key);
    await client.send(new SendMessageCommand({ QueueUrl: url('due'), MessageBody: 'poison' }));
    const receive = async (name: string) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl: url(name) }))).Messages ?? [];
    for (const count of ['1', '2']) {
      const [message] = await receive('due');
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
      expect(await receive('due')).toEqual([]);
      cloud.advance(30_000);
    }
    expect(await receive('due')).toEqual([]);
    const [dead] = await receive('due-dead');
    expect(dead).toMatchObject({ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: queueArn('due') } });
  });

  it('takes a batch by the permission to send one, and its key', async () => {
    const batch = new SendMessageBatchCommand({ QueueUrl: url('due-dead'), Entries: [{ Id: 'a', MessageBody: 'x' }] });
    await sqs(allow(['sqs:SendMessage'], [queueArn('due-dead')])).send(batch);
    const keyless = sqs(allow(['sqs:SendMessage'], [queueArn('due')]));
    await expect(
      keyless.send(new SendMessageCommand({ QueueUrl: url('due'), MessageBody: 'x' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(cloud.cloud.denied().at(-1)).toMatchObject({ action: 'kms:GenerateDataKey' });
  });

  it('lets a mapping poll only with what its function may', async () => {
    const identity = {
      functionName: 'on-due',
      accessKeyId: 'FNpoll',
      statements: [allow(['sqs:ReceiveMessage'], [queueArn('due-dead')])],
    };
    await expect(cloud.cloud.sqs.receive(identity, queueArn('due-dead'), 10)).rejects.toThrow(/sqs:GetQueueAttributes/);
  });
});

describe('a topic', () => {
  const team = 'careconnect-team-7';
  it('is made under the prefix only, and delivers to each confirmed subscriber once', async () => {
    const client = sns(allow(['sns:*'], [topicArn('careconnect-team-*')]), key);
    await expect(client.send(new CreateTopicCommand({ Name: 'elsewhere' }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
    const { TopicArn } = await client.send(
      new CreateTopicCommand({
        Name: team,
        Attributes: { KmsMasterKeyId: keyArn },
        Tags: [{ Key: 'team', Value: '7' }],
      }),
    );
    const subscribe = (Protocol: string, Endpoint: string) =>
      client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, ReturnSubscriptionArn: true }));
    await subscribe('email', 'nurse@example.org');
    const sms = await subscribe('sms', '+919800000001');
    const listed = async () =>
      (await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
    expect((await listed()).map((one) => one.SubscriptionArn)).toEqual(['PendingConfirmation', sms.SubscriptionArn]);

    const link = cloud.cloud.outbox.list().find((entry) => entry.status === 'pending')?.confirmUrl ?? '';
    expect((await fetch(link)).status).toBe(200);
    cloud.cloud.outbox.clear();
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: sms.SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"severity":["red"]}',
      }),
    );
    const severity = (StringValue: string) => ({ severity: { DataType: 'String', StringValue } });
    await client.send(
      new PublishCommand({ TopicArn, Subject: 'CC-12', Message: 'call CC-12', MessageAttributes: severity('yellow') }),
    );
    await client.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [{ Id: '1', Message: 'now', MessageAttributes: severity('red') }],
      }),
    );
    expect(cloud.cloud.outbox.list().map(({ to, text }) => [to, text])).toEqual([
      ['nurse@example.org', 'call CC-12'],
      ['nurse@example.org', 'now'],
      ['+919800000001', 'now'],
    ]);

    await client.send(new UnsubscribeCommand({ SubscriptionArn: sms.SubscriptionArn }));
    expect((await listed()).map((one) => one.SubscriptionArn)).toContain('Deleted');
    cloud.advance(49 * 3_600_000);
    expect(await listed()).toHaveLength(1);
  });

  it('needs its key to publish', async () => {
    const keyless = sns(allow(['sns:Publish'], [topicArn(team)]));
    await expect(keyless.send(new PublishCommand({ TopicArn: topicArn(team), Message: 'x' }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
    expect(cloud.cloud.denied().at(-1)?.action).toBe('kms:GenerateDataKey');
  });

  it('fails so many times for each delivery when told to', async () => {
    const client = new SNSClient({ ...cloud.as('texter', allow(['sns:Publish'], ['*'])), maxAttempts: 1 });
    cloud.cloud.faults.set({ service: 'sns', error: 'Throttling', times: 2, per: 'request' });
    const attempt = async (PhoneNumber: string) => {
      for (let tries = 1; ; tries += 1) {
        const sent = await client
          .send(new PublishCommand({ PhoneNumber, Message: 'come' }))
          .catch((error: Error) => error);
        if (!(sent instanceof Error)) return tries;
        expect(sent.name).toMatch(/Throttl/);
      }
    };
    expect(await attempt('+919800000001')).toBe(3);
    expect(await attempt('+919800000002')).toBe(3);
    cloud.cloud.faults.clear();
    expect(cloud.cloud.outbox.list().map((entry) => entry.to)).toEqual(['+919800000001', '+919800000002']);
  });
});

describe('a text message and a mail', () => {
  it('leave through the outbox', async () => {
    const mailer = new SESv2Client(
      cloud.as('mailer', allow(['ses:SendEmail'], [`arn:aws:ses:${region}:${accountId}:identity/clinic.example`])),
    );
    await mailer.send(
      new SendEmailCommand({
        FromEmailAddress: 'CareConnect <no-reply@clinic.example>',
        Destination: { ToAddresses: ['asha@example.org'] },
        Content: { Simple: { Subject: { Data: 'Your code' }, Body: { Text: { Data: '123456' } } } },
      }),
    );
    expect(cloud.cloud.outbox.list()).toMatchObject([
      { service: 'email', to: 'asha@example.org', subject: 'Your code', text: '123456' },
    ]);
  });

  it('may go to a phone only with a statement on everything', async () => {
    const text = new PublishCommand({ PhoneNumber: '+919800000001', Message: 'come' });
    await expect(sns(allow(['sns:Publish'], ['arn:aws:sns:*:*:*'])).send(text)).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
    await sns(allow(['sns:Publish'], ['*'])).send(text);
    expect(cloud.cloud.outbox.list()).toMatchObject([{ service: 'sms', to: '+919800000001', text: 'come' }]);
  });
});

describe('a bucket', () => {
  const Bucket = 'documents';
  const objects = allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::documents/*']);

  it('keeps an object and tells of it', async () => {
    const client = s3(objects, key);
    await client.send(new PutObjectCommand({ Bucket, Key: 'a b/ü.txt', Body: 'hello', ContentType: 'text/plain' }));
    const read = await client.send(new GetObjectCommand({ Bucket, Key: 'a b/ü.txt', Range: 'bytes=1-3' }));
    expect(await read.Body?.transformToString()).toBe('ell');
    expect(cloud.objects.at(-1)).toMatchObject({
      'detail-type': 'Object Created',
      detail: { object: { key: 'a b/ü.txt', size: 5 } },
    });
  });

  it('does not tell who may not list whether a key exists', async () => {
    const missing = new GetObjectCommand({ Bucket, Key: 'nothing' });
    await expect(s3(objects, key).send(missing)).rejects.toMatchObject({ name: 'AccessDenied' });
    const lister = s3(objects, key, allow(['s3:ListBucket'], ['arn:aws:s3:::documents']));
    await expect(lister.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(lister.send(new HeadObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('takes an upload by a presigned URL until it expires, and by the role of its signer', async () => {
    const client = s3(objects, key);
    const signingDate = new Date(cloud.clock.now);
    const put = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'up.bin' }), {
      expiresIn: 60,
      signingDate,
    });
    const upload = () => fetch(put, { method: 'PUT', body: 'data', headers: { origin: 'https://app.example' } });
    const done = await upload();
    expect([done.status, done.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example']);
    const preflight = await fetch(put, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'PUT' },
    });
    expect(preflight.status).toBe(200);
    expect((await fetch(put.replace('up.bin', 'other.bin'), { method: 'PUT', body: 'x' })).status).toBe(403);
    cloud.advance(61_000);
    expect((await upload()).status).toBe(403);
    expect(
      cloud.cloud
        .denied()
        .slice(-2)
        .map((one) => one.why),
    ).toEqual(['bad-signature', 'expired']);

    const keyless = s3(objects);
    const later = new Date(cloud.clock.now);
    const stranger = await getSignedUrl(keyless, new PutObjectCommand({ Bucket, Key: 'k' }), {
      expiresIn: 60,
      signingDate: later,
    });
    expect((await fetch(stranger, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});

it('kills a writer after its n-th write, the write staying done', async () => {
  let writes = 0;
  const hostile = await startCloud({ onWrite: () => (++writes === 2 ? 'kill' : 'continue') });
  try {
    const client = new SQSClient(hostile.as('victim', allow(['*'], ['*'])));
    const send = new SendMessageCommand({
      QueueUrl: queueUrl(hostile.cloud.endpoint, accountId, 'due'),
      MessageBody: 'x',
    });
    await client.send(send);
    await expect(client.send(send)).rejects.toThrow();
    expect(hostile.cloud.idle().ready).toBe(2);
  } finally {
    await hostile.stop();
  }
});

it('says by name what it does not have', async () => {
  const answer = await fetch(cloud.cloud.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AmazonSQS.StartMessageMoveTask',
      'content-type': 'application/x-amz-json-1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=${cloud.cloud.operator.accessKeyId}/20260101/${region}/sqs/aws4_request`,
    },
    body: '{}',
  });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toContain('sqs:StartMessageMoveTask');
});
