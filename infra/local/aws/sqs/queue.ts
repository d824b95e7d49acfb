import { createHash, randomUUID } from 'node:crypto';
import type { QueueDef } from '../types.ts';
import { instantHeap } from './heap.ts';

export type SentAttribute = { DataType: string; StringValue?: string | undefined; BinaryValue?: string | undefined };
export type Message = {
  messageId: string;
  body: string;
  md5OfBody: string;
  messageAttributes: Record<string, SentAttribute>;
  sender: string;
  sentAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  deadLetterSource?: string;
};
/** A message and when it can be read; one in flight becomes readable when its time-out ends. */
export type KeptMessage = { message: Message; readableAt: number };
type Held = { message: Message; state: 'ready' | 'delayed' | 'in-flight' | 'gone'; until: number; receipt: string };

export type Queue = {
  definition: QueueDef;
  send(
    message: { body: string; messageAttributes?: Record<string, SentAttribute>; sender: string },
    delaySeconds?: number,
  ): Message;
  /** A message that another queue gave up on. */
  bury(message: Message, source: string): void;
  receive(max: number, visibilityTimeoutSeconds?: number): { message: Message; receiptHandle: string }[];
  /** An old receipt deletes nothing and says nothing, as on AWS. */
  delete(receiptHandle: string): void;
  changeVisibility(receiptHandle: string, seconds: number): boolean;
  purge(): void;
  counts(): { ready: number; delayed: number; inFlight: number };
  nextReadableAt(): number | undefined;
  /** Lets delays and time-outs end that have ended by now. */
  settle(): void;
  dump(): KeptMessage[];
  load(messages: KeptMessage[]): void;
};

type Surroundings = {
  now(): number;
  deadLetterQueue(arn: string): Queue | undefined;
  onReadable(queueArn: string): void;
};

/** A standard queue on a clock that can be moved: delay, visibility, retention, receive count and dead letters follow it. */
export function queueOn(definition: QueueDef, around: Surroundings): Queue {
  let ready: Held[] = [];
  const held = new Map<string, Held>();
  const timers = instantHeap<{ held: Held; until: number }>();
  let delayed = 0;

  const makeReady = (one: Held) => {
    if (one.state === 'delayed') delayed -= 1;
    if (one.state === 'in-flight') held.delete(one.receipt);
    one.state = 'ready';
    ready.push(one);
    around.onReadable(definition.arn);
  };
  const waitUntil = (one: Held, until: number) => {
    one.until = until;
    timers.add(until, { held: one, until });
  };
  const settle = () => {
    for (let next = timers.first(); next && next.at <= around.now(); next = timers.first()) {
      timers.drop();
      const { held: one, until } = next.value;
      if (one.until === until && (one.state === 'delayed' || one.state === 'in-flight')) makeReady(one);
    }
  };
  const accept = (message: Message, delaySeconds: number) => {
    const one: Held = { message, state: 'ready', until: 0, receipt: '' };
    if (delaySeconds > 0) {
      one.state = 'delayed';
      delayed += 1;
      waitUntil(one, around.now() + delaySeconds * 1000);
    } else makeReady(one);
  };
  const outlived = (message: Message) =>
    message.sentAt + (definition.retentionSeconds ?? 345_600) * 1000 <= around.now();

  const queue: Queue = {
    definition,
    settle,
    send(sent, delaySeconds = definition.delaySeconds ?? 0) {
      const message: Message = {
        messageId: randomUUID(),
        body: sent.body,
        md5OfBody: createHash('md5').update(sent.body).digest('hex'),
        messageAttributes: sent.messageAttributes ?? {},
        sender: sent.sender,
        sentAt: around.now(),
        receiveCount: 0,
      };
      accept(message, delaySeconds);
      return message;
    },
    bury: (message, source) => accept({ ...message, receiveCount: 0, deadLetterSource: source }, 0),
    receive(max, visibilityTimeoutSeconds = definition.visibilityTimeoutSeconds) {
      settle();
      const received: { message: Message; receiptHandle: string }[] = [];
      while (received.length < max) {
        const one = ready.shift();
        if (!one) break;
        if (one.state !== 'ready' || outlived(one.message)) continue;
        const policy = definition.deadLetter;
        const grave =
          policy && one.message.receiveCount >= policy.maxReceiveCount
            ? around.deadLetterQueue(policy.queueArn)
            : undefined;
        if (grave) {
          one.state = 'gone';
          grave.bury(one.message, definition.arn);
          continue;
        }
        one.message.receiveCount += 1;
        one.message.firstReceivedAt ??= around.now();
        one.receipt = randomUUID();
        one.state = 'in-flight';
        held.set(one.receipt, one);
        waitUntil(one, around.now() + visibilityTimeoutSeconds * 1000);
        received.push({ message: one.message, receiptHandle: one.receipt });
      }
      return received;
    },
    delete(receiptHandle) {
      const one = held.get(receiptHandle);
      if (!one) return;
      held.delete(receiptHandle);
      one.state = 'gone';
    },
    changeVisibility(receiptHandle, seconds) {
      const one = held.get(receiptHandle);
      if (!one) return false;
      if (seconds === 0) makeReady(one);
      else waitUntil(one, around.now() + seconds * 1000);
      return true;
    },
    purge() {
      for (const one of [...ready, ...held.values()]) one.state = 'gone';
      ready = [];
      held.clear();
      for (let next = timers.first(); next; next = timers.first()) {
        next.value.held.state = 'gone';
        timers.drop();
      }
      delayed = 0;
    },
    counts: () => ({ ready: ready.filter((one) => one.state === 'ready').length, delayed, inFlight: held.size }),
    nextReadableAt() {
      for (let next = timers.first(); next; next = timers.first()) {
        const { held: one, until } = next.value;
        if (one.until === until && (one.state === 'delayed' || one.state === 'in-flight')) return until;
        timers.drop();
      }
      return undefined;
    },
    dump() {
      const waiting = new Map<Held, number>();
      for (const { value } of timers.all())
        if (value.held.until === value.until && (value.held.state === 'delayed' || value.held.state === 'in-flight'))
          waiting.set(value.held, value.until);
      const kept = ready.filter((one) => one.state === 'ready').map(({ message }) => ({ message, readableAt: 0 }));
      return [...kept, ...[...waiting].map(([one, readableAt]) => ({ message: one.message, readableAt }))];
    },
    load(messages) {
      for (const { message, readableAt } of messages) accept(message, (readableAt - around.now()) / 1000);
    },
  };
  return queue;
}
