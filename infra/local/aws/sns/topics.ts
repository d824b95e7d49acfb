import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';

export type Subscription = {
  arn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  status: 'pending' | 'confirmed' | 'deleted';
  token: string;
  changedAt: number;
  attributes: Record<string, string>;
  owner: string;
};
export type Topic = {
  arn: string;
  name: string;
  keyArn?: string | undefined;
  attributes: Record<string, string>;
  tags: Record<string, string>;
};

const keptForMilliseconds = 48 * 3_600_000;

export type Topics = {
  create(name: string, attributes: Record<string, string>, tags: Record<string, string>): Topic;
  get(arn: string): Topic;
  list(): Topic[];
  remove(arn: string): void;
  /** The same protocol and endpoint again is the same subscription. */
  subscribe(topic: Topic, protocol: string, endpoint: string, attributes: Record<string, string>): Subscription;
  confirm(token: string): Subscription;
  unsubscribe(arn: string): void;
  subscription(arn: string): Subscription;
  /** Pending ones lapse and deleted ones vanish after 48 hours, as on AWS. */
  subscriptionsOf(topicArn?: string): Subscription[];
  dump(): { topics: Topic[]; subscriptions: Subscription[] };
  load(state: { topics: Topic[]; subscriptions: Subscription[] }): void;
};

export function topicsOf(options: AwsOptions): Topics {
  const topics = new Map<string, Topic>();
  const subscriptions = new Map<string, Subscription>();
  for (const { arn, name, keyArn } of options.resources.topics)
    topics.set(arn, { arn, name, keyArn, attributes: {}, tags: {} });

  const get = (arn: string) => {
    const topic = topics.get(arn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  };
  const subscription = (arn: string) => {
    const found = subscriptions.get(arn);
    if (!found || found.status === 'deleted') throw new AwsError('NotFound', 'Subscription does not exist', 404);
    return found;
  };
  const lapse = () => {
    for (const [arn, one] of subscriptions)
      if (one.status !== 'confirmed' && one.changedAt + keptForMilliseconds <= options.now()) subscriptions.delete(arn);
  };
  return {
    get,
    subscription,
    create(name, attributes, tags) {
      const arn = `arn:aws:sns:${options.region}:${options.accountId}:${name}`;
      const known = topics.get(arn);
      if (known) return known;
      const topic = { arn, name, keyArn: keyOf(options, attributes.KmsMasterKeyId), attributes, tags };
      topics.set(arn, topic);
      return topic;
    },
    list: () => [...topics.values()],
    remove(arn) {
      topics.delete(arn);
      for (const [key, one] of subscriptions) if (one.topicArn === arn) subscriptions.delete(key);
    },
    subscribe(topic, protocol, endpoint, attributes) {
      lapse();
      for (const one of subscriptions.values())
        if (
          one.topicArn === topic.arn &&
          one.protocol === protocol &&
          one.endpoint === endpoint &&
          one.status !== 'deleted'
        )
          return one;
      const asks = ['email', 'email-json', 'http', 'https'].includes(protocol);
      const made: Subscription = {
        arn: `${topic.arn}:${randomUUID()}`,
        topicArn: topic.arn,
        protocol,
        endpoint,
        status: asks ? 'pending' : 'confirmed',
        token: randomBytes(32).toString('hex'),
        changedAt: options.now(),
        attributes,
        owner: options.accountId,
      };
      subscriptions.set(made.arn, made);
      return made;
    },
    confirm(token) {
      lapse();
      const found = [...subscriptions.values()].find((one) => one.token === token && one.status !== 'deleted');
      if (!found) throw new AwsError('InvalidParameter', 'Invalid token');
      found.status = 'confirmed';
      found.changedAt = options.now();
      return found;
    },
    unsubscribe(arn) {
      const found = subscriptions.get(arn);
      if (!found) return;
      found.status = 'deleted';
      found.changedAt = options.now();
    },
    subscriptionsOf(topicArn) {
      lapse();
      return [...subscriptions.values()].filter((one) => topicArn === undefined || one.topicArn === topicArn);
    },
    dump: () => ({ topics: [...topics.values()], subscriptions: [...subscriptions.values()] }),
    load(state) {
      for (const topic of state.topics) topics.set(topic.arn, topic);
      for (const one of state.subscriptions) subscriptions.set(one.arn, one);
    },
  };
}

/** A topic names its key by ARN, id or alias. */
function keyOf(options: AwsOptions, keyId: string | undefined): string | undefined {
  if (!keyId) return undefined;
  const known = options.resources.keys.find(
    ({ arn, aliases }) => arn === keyId || arn.endsWith(`/${keyId}`) || aliases?.some((alias) => keyId.endsWith(alias)),
  );
  if (!known) throw new AwsError('InvalidParameter', `Invalid parameter: KmsMasterKeyId ${keyId}`);
  return known.arn;
}
