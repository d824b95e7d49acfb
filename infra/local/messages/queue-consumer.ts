import type { Identity, ReceivedMessage, SqsPoller } from '../aws/index.ts';
import type { Invocation } from '../compute/environment.ts';
import { type Json, parseJson } from '../json.ts';
import { matchesPattern } from './event-pattern.ts';
import type { Hostility } from './hostility.ts';
import { failedItems, type Mapping } from './mapping.ts';

export interface QueueConsumerOptions {
  readonly mapping: Mapping;
  readonly sqs: SqsPoller;
  readonly identity: Identity;
  readonly region: string;
  readonly hostility: Hostility;
  /** Somebody waits for everything to be done: a batch goes with what there is. */
  hurried(): boolean;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
}

/** Lambda keeps five pollers on a queue to begin with. */
const BATCHES_AT_ONCE = 5;
const RECEIVED_AT_ONCE = 10;

/** One queue read by one function: batches, windows, partial failures, and whatever else a queue may do to its reader. */
export class QueueConsumer {
  readonly #options: QueueConsumerOptions;
  #batches = 0;
  #collecting = false;
  #again = false;

  constructor(options: QueueConsumerOptions) {
    this.#options = options;
  }

  get queueArn(): string {
    return this.#options.mapping.sourceArn;
  }

  /** Also true while something is readable that no batch has taken up yet. */
  busy(): boolean {
    return this.#batches > 0 || this.#collecting || this.#options.sqs.counts(this.queueArn).ready > 0;
  }

  /** Something may be readable: collects batches until nothing is, as many at once as the mapping allows. */
  wake(): void {
    if (this.#options.sqs.counts(this.queueArn).ready === 0) return;
    this.#again = true;
    if (!this.#collecting) void this.#collect();
  }

  async #collect(): Promise<void> {
    const { mapping } = this.#options;
    this.#collecting = true;
    await this.#window();
    while (this.#again && this.#batches < (mapping.maximumConcurrency ?? BATCHES_AT_ONCE)) {
      this.#again = false;
      const batch = await this.#receive().catch(() => []);
      if (batch.length === 0) continue;
      this.#again = true;
      this.#batches++;
      void this.#deliver(batch).finally(() => {
        this.#batches--;
        this.wake();
      });
    }
    this.#collecting = false;
  }

  /** While somebody waits for quiet, a window is over as soon as it begins: a move of the clock must not take real minutes. */
  async #window(): Promise<void> {
    const { mapping, sqs, hurried } = this.#options;
    const until = performance.now() + mapping.windowSeconds * 1000;
    const waiting = () => !hurried() && sqs.counts(mapping.sourceArn).ready < mapping.batchSize;
    while (performance.now() < until && waiting()) await new Promise((resolve) => setTimeout(resolve, 25));
  }

  async #receive(): Promise<ReceivedMessage[]> {
    const { mapping, sqs, identity, hostility } = this.#options;
    const wanted = hostility.batchSize(mapping.batchSize);
    const batch: ReceivedMessage[] = [];
    while (batch.length < wanted) {
      const max = Math.min(RECEIVED_AT_ONCE, wanted - batch.length);
      const received = await sqs.receive(identity, mapping.sourceArn, max);
      batch.push(...received);
      if (received.length === 0) break;
    }
    return this.#passing(hostility.shuffled(batch));
  }

  /** A message that no filter lets pass is deleted unseen, as Lambda does. */
  async #passing(batch: ReceivedMessage[]): Promise<ReceivedMessage[]> {
    const { mapping, sqs, identity } = this.#options;
    if (mapping.filters.length === 0) return batch;
    const passes = (message: ReceivedMessage) =>
      mapping.filters.some((filter) => matchesPattern(filter, { body: bodyOf(message) }));
    const dropped = batch.filter((message) => !passes(message));
    if (dropped.length > 0)
      await sqs.delete(
        identity,
        mapping.sourceArn,
        dropped.map((message) => message.receiptHandle),
      );
    return batch.filter(passes);
  }

  async #deliver(batch: ReceivedMessage[]): Promise<void> {
    const { mapping, hostility, invoke } = this.#options;
    const event = { Records: batch.map((message) => this.#record(message)) };
    const runs = hostility.chance(0.15) ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: runs }, () => invoke(mapping.functionName, event)));
    const failed = new Set(answers.flatMap((answer) => this.#failed(answer, batch)));
    await this.#settle(
      batch,
      failed,
      answers.some((answer) => answer.error?.message === 'killed after a write'),
    );
  }

  async #settle(batch: ReceivedMessage[], failed: Set<string>, killed: boolean): Promise<void> {
    const { mapping, sqs, identity, hostility } = this.#options;
    const done: string[] = [];
    for (const message of batch) {
      // Repeating by chance must not use up the attempts after which a queue gives a message up.
      const first = message.attributes.ApproximateReceiveCount === '1';
      const again = failed.has(message.messageId) ? killed : first && hostility.chance(0.2);
      if (again) await sqs.changeVisibility(identity, mapping.sourceArn, message.receiptHandle, 0);
      else if (!failed.has(message.messageId)) done.push(message.receiptHandle);
    }
    if (done.length > 0) await sqs.delete(identity, mapping.sourceArn, done);
  }

  #failed(answer: Invocation, batch: ReceivedMessage[]): string[] {
    const all = batch.map((message) => message.messageId);
    if (answer.error !== undefined) return all;
    if (!this.#options.mapping.reportsItemFailures) return [];
    return failedItems(answer.payload, new Set(all)) ?? all;
  }

  #record(message: ReceivedMessage) {
    const attributes = Object.entries(message.messageAttributes).map(([name, value]) => [
      name,
      { ...value, stringListValues: [], binaryListValues: [] },
    ]);
    return {
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: message.attributes,
      messageAttributes: Object.fromEntries(attributes),
      md5OfBody: message.md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#options.mapping.sourceArn,
      awsRegion: this.#options.region,
    };
  }
}

function bodyOf(message: ReceivedMessage): Json {
  try {
    return parseJson(message.body);
  } catch {
    return message.body;
  }
}
