import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Need } from '../gate.ts';
import type { Outbox } from '../outbox.ts';
import { QueryMap, queryService } from '../query-protocol.ts';
import type { Operations, Service } from '../service.ts';
import { operation } from '../service.ts';
import type { AwsOptions } from '../types.ts';
import type { Delivery } from './delivery.ts';
import { messageAttributes, published } from './delivery.ts';
import type { Subscription, Topics } from './topics.ts';

const strings = z.optional(z.record(z.string(), z.string()));
const tags = z.optional(z.array(z.object({ Key: z.string(), Value: z.string() })));
const onTopic = z.looseObject({ TopicArn: z.string() });
const onSubscription = z.looseObject({ SubscriptionArn: z.string() });
const publish = z.extend(published, {
  TopicArn: z.optional(z.string()),
  TargetArn: z.optional(z.string()),
  PhoneNumber: z.optional(z.string()),
});
const publishBatch = z.extend(onTopic, {
  PublishBatchRequestEntries: z
    .array(z.extend(published, { Id: z.string(), MessageAttributes: messageAttributes }))
    .check(z.minLength(1), z.maxLength(10)),
});
const subscribe = z.extend(onTopic, {
  Protocol: z.string(),
  Endpoint: z.string(),
  Attributes: strings,
  ReturnSubscriptionArn: z.optional(z.string()),
});

/** SNS: topics made at run time too, subscriptions that people confirm, text messages to phones. */
export function snsService(options: AwsOptions, topics: Topics, delivery: Delivery, outbox: Outbox): Service {
  const operations = {
    ...topicOperations(options, topics),
    ...subscriptionOperations(topics, delivery),
    ...publishOperations(options, topics, delivery, outbox),
  };
  return queryService('sns', 'http://sns.amazonaws.com/doc/2010-03-31/', operations, 'AuthorizationError');
}

const topicNeed = (action: string) => (input: { TopicArn: string }) => [
  { action: `sns:${action}`, resources: [input.TopicArn] },
];

function topicOperations(options: AwsOptions, topics: Topics): Operations {
  const create = z.looseObject({ Name: z.string().check(z.regex(/^[\w-]{1,256}$/)), Attributes: strings, Tags: tags });
  const arnOf = (name: string) => `arn:aws:sns:${options.region}:${options.accountId}:${name}`;
  return {
    CreateTopic: operation(
      create,
      {
        writes: true,
        needs: (input) => [
          { action: 'sns:CreateTopic', resources: [arnOf(input.Name)] },
          ...(input.Tags?.length ? [{ action: 'sns:TagResource', resources: [arnOf(input.Name)] }] : []),
        ],
      },
      (input) => {
        const given = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
        return { TopicArn: topics.create(input.Name, input.Attributes ?? {}, given).arn };
      },
    ),
    DeleteTopic: operation(onTopic, { writes: true, needs: topicNeed('DeleteTopic') }, (input) =>
      topics.remove(input.TopicArn),
    ),
    ListTopics: operation(z.looseObject({}), { needs: () => [{ action: 'sns:ListTopics', resources: ['*'] }] }, () => ({
      Topics: topics.list().map(({ arn }) => ({ TopicArn: arn })),
    })),
    GetTopicAttributes: operation(onTopic, { needs: topicNeed('GetTopicAttributes') }, (input) => {
      const topic = topics.get(input.TopicArn);
      const count = (status: string) => topics.subscriptionsOf(topic.arn).filter((one) => one.status === status).length;
      return {
        Attributes: new QueryMap({
          ...topic.attributes,
          TopicArn: topic.arn,
          SubscriptionsConfirmed: String(count('confirmed')),
          SubscriptionsPending: String(count('pending')),
          SubscriptionsDeleted: String(count('deleted')),
        }),
      };
    }),
    SetTopicAttributes: operation(
      z.extend(onTopic, { AttributeName: z.string(), AttributeValue: z.optional(z.string()) }),
      { writes: true, needs: topicNeed('SetTopicAttributes') },
      (input) => {
        topics.get(input.TopicArn).attributes[input.AttributeName] = input.AttributeValue ?? '';
      },
    ),
    TagResource: operation(
      z.looseObject({ ResourceArn: z.string(), Tags: tags }),
      { writes: true, needs: (input) => [{ action: 'sns:TagResource', resources: [input.ResourceArn] }] },
      (input) => {
        for (const { Key, Value } of input.Tags ?? []) topics.get(input.ResourceArn).tags[Key] = Value;
      },
    ),
    ListTagsForResource: operation(
      z.looseObject({ ResourceArn: z.string() }),
      { needs: (input) => [{ action: 'sns:ListTagsForResource', resources: [input.ResourceArn] }] },
      (input) => ({ Tags: Object.entries(topics.get(input.ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })) }),
    ),
  };
}

function subscriptionOperations(topics: Topics, delivery: Delivery): Operations {
  const ofTopic = (action: string) => (input: { SubscriptionArn: string }) => [
    { action: `sns:${action}`, resources: [input.SubscriptionArn.split(':').slice(0, 6).join(':')] },
  ];
  const set = z.extend(onSubscription, { AttributeName: z.string(), AttributeValue: z.optional(z.string()) });
  return {
    Subscribe: operation(
      subscribe,
      {
        writes: true,
        needs: (input) =>
          topicNeed('Subscribe')(input).map((need) => ({
            ...need,
            context: { 'sns:Protocol': input.Protocol, 'sns:Endpoint': input.Endpoint },
          })),
      },
      (input) => {
        const made = topics.subscribe(
          topics.get(input.TopicArn),
          input.Protocol,
          input.Endpoint,
          input.Attributes ?? {},
        );
        if (made.status === 'pending') delivery.askToConfirm(made);
        const told = made.status === 'confirmed' || input.ReturnSubscriptionArn === 'true';
        return { SubscriptionArn: told ? made.arn : 'pending confirmation' };
      },
    ),
    ConfirmSubscription: operation(
      z.extend(onTopic, { Token: z.string() }),
      { writes: true, needs: topicNeed('ConfirmSubscription') },
      (input) => ({ SubscriptionArn: topics.confirm(input.Token).arn }),
    ),
    Unsubscribe: operation(onSubscription, { writes: true, needs: ofTopic('Unsubscribe') }, (input) =>
      topics.unsubscribe(input.SubscriptionArn),
    ),
    ListSubscriptionsByTopic: operation(onTopic, { needs: topicNeed('ListSubscriptionsByTopic') }, (input) => ({
      Subscriptions: topics.subscriptionsOf(topics.get(input.TopicArn).arn).map(listed),
    })),
    ListSubscriptions: operation(
      z.looseObject({}),
      { needs: () => [{ action: 'sns:ListSubscriptions', resources: ['*'] }] },
      () => ({ Subscriptions: topics.subscriptionsOf().map(listed) }),
    ),
    GetSubscriptionAttributes: operation(onSubscription, { needs: ofTopic('GetSubscriptionAttributes') }, (input) => {
      const found = topics.subscription(input.SubscriptionArn);
      return {
        Attributes: new QueryMap({
          ...found.attributes,
          SubscriptionArn: found.arn,
          TopicArn: found.topicArn,
          Protocol: found.protocol,
          Endpoint: found.endpoint,
          Owner: found.owner,
          PendingConfirmation: String(found.status === 'pending'),
        }),
      };
    }),
    SetSubscriptionAttributes: operation(
      set,
      { writes: true, needs: ofTopic('SetSubscriptionAttributes') },
      (input) => {
        topics.subscription(input.SubscriptionArn).attributes[input.AttributeName] = input.AttributeValue ?? '';
      },
    ),
  };
}

function listed(one: Subscription) {
  const names = { pending: 'PendingConfirmation', confirmed: one.arn, deleted: 'Deleted' };
  return {
    SubscriptionArn: names[one.status],
    Owner: one.owner,
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    TopicArn: one.topicArn,
  };
}

function publishOperations(options: AwsOptions, topics: Topics, delivery: Delivery, outbox: Outbox): Operations {
  const publishNeeds = (topicArn: string): Need[] => {
    const keyArn = topics.list().find(({ arn }) => arn === topicArn)?.keyArn;
    const context = { 'kms:ViaService': `sns.${options.region}.amazonaws.com` };
    return [
      { action: 'sns:Publish', resources: [topicArn] },
      ...(keyArn
        ? ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ action, resources: [keyArn], context }))
        : []),
    ];
  };
  return {
    Publish: operation(
      publish,
      {
        writes: true,
        // A phone number has no ARN: only a statement on everything (or on everything but topics) covers it.
        needs: (input) => publishNeeds(input.TopicArn ?? input.TargetArn ?? input.PhoneNumber ?? ''),
      },
      (input) => {
        const topicArn = input.TopicArn ?? input.TargetArn;
        if (topicArn) return { MessageId: delivery.publish(topics.get(topicArn), input) };
        return { MessageId: textMessage(outbox, input) };
      },
    ),
    PublishBatch: operation(publishBatch, { writes: true, needs: (input) => publishNeeds(input.TopicArn) }, (input) => {
      const topic = topics.get(input.TopicArn);
      return {
        Successful: input.PublishBatchRequestEntries.map((entry) => ({
          Id: entry.Id,
          MessageId: delivery.publish(topic, entry),
        })),
        Failed: [],
      };
    }),
  };
}

function textMessage(outbox: Outbox, input: z.output<typeof publish>): string {
  const to = input.PhoneNumber ?? '';
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    throw new AwsError('InvalidParameter', `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`);
  const messageId = randomUUID();
  const attributes = Object.fromEntries(
    Object.entries(input.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue ?? '']),
  );
  outbox.add({ service: 'sms', to, text: input.Message, status: 'sent', messageId, attributes });
  return messageId;
}
