import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Outbox } from '../outbox.ts';
import type { Queues } from '../sqs/queues.ts';
import type { AwsOptions } from '../types.ts';
import { passesFilter } from './filter-policy.ts';
import type { Subscription, Topic, Topics } from './topics.ts';

export const messageAttributes = z.optional(
  z.record(
    z.string(),
    z.looseObject({ DataType: z.string(), StringValue: z.optional(z.string()), BinaryValue: z.optional(z.string()) }),
  ),
);
export const published = z.looseObject({
  Message: z.string(),
  Subject: z.optional(z.string()),
  MessageStructure: z.optional(z.string()),
  MessageAttributes: messageAttributes,
});
export type Published = z.output<typeof published>;

export type Delivery = {
  publish(topic: Topic, message: Published): string;
  askToConfirm(subscription: Subscription): void;
};

/** Hands a message to every confirmed subscription whose filter it passes: queues and functions here, people in the outbox. */
export function deliveryOf(
  options: AwsOptions,
  topics: Topics,
  queues: Queues,
  outbox: Outbox,
  origin: () => string,
): Delivery {
  return {
    publish(topic, message) {
      if (Buffer.byteLength(message.Message) > 262_144)
        throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
      if (message.Message === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
      const messageId = randomUUID();
      for (const subscription of topics.subscriptionsOf(topic.arn)) {
        if (subscription.status !== 'confirmed' || !wants(subscription, message)) continue;
        deliver(options, queues, outbox, subscription, message, messageId);
      }
      return messageId;
    },
    askToConfirm(subscription) {
      outbox.add({
        service: 'sns',
        to: subscription.endpoint,
        subject: 'AWS Notification - Subscription Confirmation',
        text: `You have chosen to subscribe to the topic ${subscription.topicArn}.`,
        status: 'pending',
        messageId: randomUUID(),
        topicArn: subscription.topicArn,
        subscriptionArn: subscription.arn,
        protocol: subscription.protocol,
        confirmUrl: `${origin()}/local/sns/confirm?token=${subscription.token}`,
      });
    },
  };
}

function deliver(
  options: AwsOptions,
  queues: Queues,
  outbox: Outbox,
  to: Subscription,
  message: Published,
  messageId: string,
): void {
  const text = textFor(to.protocol, message);
  const entry = {
    service: 'sns' as const,
    to: to.endpoint,
    ...(message.Subject ? { subject: message.Subject } : {}),
    text,
    messageId,
    topicArn: to.topicArn,
    subscriptionArn: to.arn,
    protocol: to.protocol,
    attributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue ?? '']),
    ),
  };
  if (to.protocol === 'sqs') {
    const queue = queues.find(to.endpoint);
    if (!queue) {
      outbox.add({ ...entry, status: 'failed', reason: 'no such queue' });
      return;
    }
    const envelope = JSON.stringify(envelopeOf(options, to, message, text, messageId));
    queue.send({ body: to.attributes.RawMessageDelivery === 'true' ? text : envelope, sender: 'sns.amazonaws.com' });
    return;
  }
  if (to.protocol === 'lambda') {
    const event = {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: to.arn,
          Sns: envelopeOf(options, to, message, text, messageId),
        },
      ],
    };
    void options.invoke(to.endpoint.split(':').at(-1) ?? '', event);
    return;
  }
  outbox.add({ ...entry, status: 'sent' });
}

function envelopeOf(options: AwsOptions, to: Subscription, message: Published, text: string, messageId: string) {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    { Type: value.DataType, Value: value.StringValue ?? value.BinaryValue ?? '' },
  ]);
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: to.topicArn,
    ...(message.Subject ? { Subject: message.Subject } : {}),
    Message: text,
    Timestamp: new Date(options.now()).toISOString(),
    MessageAttributes: Object.fromEntries(attributes),
  };
}

/** With `MessageStructure: json` every protocol may have its own words; `default` is required. */
function textFor(protocol: string, message: Published): string {
  if (message.MessageStructure !== 'json') return message.Message;
  const parsed = z.safeParse(z.record(z.string(), z.string()), tryJson(message.Message));
  const fallback = parsed.data?.default;
  if (fallback === undefined)
    throw new AwsError(
      'InvalidParameter',
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    );
  return parsed.data?.[protocol] ?? fallback;
}

function wants(subscription: Subscription, message: Published): boolean {
  const policy = subscription.attributes.FilterPolicy;
  if (!policy) return true;
  const body = subscription.attributes.FilterPolicyScope === 'MessageBody';
  const subject = body
    ? z.safeParse(z.record(z.string(), z.unknown()), tryJson(message.Message)).data
    : attributeValues(message);
  return subject !== undefined && passesFilter(JSON.parse(policy), subject);
}

function attributeValues(message: Published): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => {
      if (DataType === 'Number') return [name, Number(StringValue)];
      return [name, DataType === 'String.Array' ? tryJson(StringValue ?? '[]') : StringValue];
    }),
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
