import * as z from 'zod/mini';
import { queueUrl } from '../addresses.ts';
import { AwsError } from '../aws-error.ts';
import type { Gate, Need } from '../gate.ts';
import type { Operations, Service } from '../service.ts';
import { jsonService, operation } from '../service.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

const attribute = z.object({
  DataType: z.string(),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.string()),
});
const sent = z.looseObject({
  MessageBody: z.string(),
  DelaySeconds: z.optional(z.number().check(z.gte(0), z.lte(900))),
  MessageAttributes: z.optional(z.record(z.string(), attribute)),
});
const onQueue = z.looseObject({ QueueUrl: z.string() });
const send = z.extend(sent, { QueueUrl: z.string() });
const sendBatch = z.extend(onQueue, {
  Entries: z.array(z.extend(sent, { Id: z.string() })).check(z.minLength(1), z.maxLength(10)),
});
const receive = z.extend(onQueue, {
  MaxNumberOfMessages: z.optional(z.number().check(z.gte(1), z.lte(10))),
  VisibilityTimeout: z.optional(z.number()),
});
const receipt = z.extend(onQueue, { ReceiptHandle: z.string() });
const receipts = z.extend(onQueue, { Entries: z.array(z.looseObject({ Id: z.string(), ReceiptHandle: z.string() })) });
const visibility = z.extend(receipt, { VisibilityTimeout: z.number() });
const attributeNames = z.extend(onQueue, { AttributeNames: z.optional(z.array(z.string())) });

const maximumBytes = 1_048_576;

/** SQS by its JSON protocol; a poll answers at once (event source mappings do the waiting). */
export function sqsService(queues: Queues, region: string, endpoint: () => string, accountId: string): Service {
  const needs = (action: string, keyActions: string[]) => (input: { QueueUrl: string }) =>
    queueNeeds(queues.byUrl(input.QueueUrl), action, keyActions, region);
  const sending = { writes: true, needs: needs('SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt']) };
  const deleting = { writes: true, needs: needs('DeleteMessage', []) };
  const changing = { writes: true, needs: needs('ChangeMessageVisibility', []) };
  const operations: Operations = {
    SendMessage: operation(send, sending, (input, gate) => accept(queues.byUrl(input.QueueUrl), input, gate)),
    SendMessageBatch: operation(sendBatch, sending, (input, gate) => {
      checkSize(
        input.Entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0),
        maximumBytes,
      );
      const queue = queues.byUrl(input.QueueUrl);
      return {
        Successful: input.Entries.map((entry) => ({ Id: entry.Id, ...accept(queue, entry, gate) })),
        Failed: [],
      };
    }),
    ReceiveMessage: operation(receive, { writes: true, needs: needs('ReceiveMessage', ['kms:Decrypt']) }, (input) => {
      const received = queues.byUrl(input.QueueUrl).receive(input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout);
      return received.length === 0 ? {} : { Messages: received.map(shown) };
    }),
    DeleteMessage: operation(receipt, deleting, (input) => queues.byUrl(input.QueueUrl).delete(input.ReceiptHandle)),
    DeleteMessageBatch: operation(receipts, deleting, (input) => {
      for (const entry of input.Entries) queues.byUrl(input.QueueUrl).delete(entry.ReceiptHandle);
      return { Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] };
    }),
    ChangeMessageVisibility: operation(visibility, changing, (input) => {
      const known = queues.byUrl(input.QueueUrl).changeVisibility(input.ReceiptHandle, input.VisibilityTimeout);
      if (!known) throw new AwsError('MessageNotInflight', 'The message is not in flight.');
    }),
    GetQueueUrl: operation(
      z.looseObject({ QueueName: z.string() }),
      { needs: (input) => queueNeeds(queues.byUrl(input.QueueName), 'GetQueueUrl', [], region) },
      (input) => ({ QueueUrl: queueUrl(endpoint(), accountId, input.QueueName) }),
    ),
    GetQueueAttributes: operation(attributeNames, { needs: needs('GetQueueAttributes', []) }, (input) => {
      const all = queueAttributes(queues.byUrl(input.QueueUrl));
      const wanted = input.AttributeNames ?? [];
      return {
        Attributes: Object.fromEntries(
          Object.entries(all).filter(([k]) => wanted.includes('All') || wanted.includes(k)),
        ),
      };
    }),
    PurgeQueue: operation(onQueue, { writes: true, needs: needs('PurgeQueue', []) }, (input) =>
      queues.byUrl(input.QueueUrl).purge(),
    ),
  };
  return jsonService('sqs', operations, { version: '1.0', deniedName: 'AccessDenied' });
}

/** A batch needs the permission of its single form, and an encrypted queue that of its key. */
export function queueNeeds(queue: Queue, action: string, keyActions: string[], region: string): Need[] {
  const { arn, keyArn } = queue.definition;
  const context = { 'kms:ViaService': `sqs.${region}.amazonaws.com` };
  return [
    { action: `sqs:${action}`, resources: [arn] },
    ...(keyArn ? keyActions.map((keyAction) => ({ action: keyAction, resources: [keyArn], context })) : []),
  ];
}

function shown({ message, receiptHandle }: ReturnType<Queue['receive']>[number]) {
  return {
    MessageId: message.messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    Attributes: systemAttributes(message),
    ...(Object.keys(message.messageAttributes).length ? { MessageAttributes: message.messageAttributes } : {}),
  };
}

function accept(queue: Queue, input: z.output<typeof sent>, gate: Gate) {
  checkSize(Buffer.byteLength(input.MessageBody), queue.definition.maximumMessageBytes ?? maximumBytes);
  if (input.MessageBody === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  const message = queue.send(
    {
      body: input.MessageBody,
      messageAttributes: input.MessageAttributes ?? {},
      sender: gate.caller.identity.functionName,
    },
    input.DelaySeconds,
  );
  return { MessageId: message.messageId, MD5OfMessageBody: message.md5OfBody };
}

function checkSize(bytes: number, limit: number): void {
  if (bytes > limit)
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
}

export function systemAttributes(message: ReturnType<Queue['send']>): Record<string, string> {
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.deadLetterSource ? { DeadLetterQueueSourceArn: message.deadLetterSource } : {}),
  };
}

function queueAttributes(queue: Queue): Record<string, string> {
  const { definition } = queue;
  const counts = queue.counts();
  return {
    QueueArn: definition.arn,
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(definition.visibilityTimeoutSeconds),
    ...(definition.deadLetter
      ? {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: definition.deadLetter.queueArn,
            maxReceiveCount: definition.deadLetter.maxReceiveCount,
          }),
        }
      : {}),
  };
}
