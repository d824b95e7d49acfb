import type { StreamRecord } from '../aws/index.ts';
import type { Invocation } from '../compute/environment.ts';
import type { Json } from '../json.ts';
import { matchesPattern } from './event-pattern.ts';
import type { Hostility } from './hostility.ts';
import { failedItems, type Mapping } from './mapping.ts';

export interface StreamConsumerOptions {
  readonly mapping: Mapping;
  /** Somebody waits for everything to be done: a batch goes with what there is. */
  hurried(): boolean;
  readonly hostility: Hostility;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /** Records that no attempt got through, for the mapping's on-failure destination. */
  giveUp(mapping: Mapping, records: readonly StreamRecord[], error: string): Promise<void>;
}

const SHARDS = 4;
/** Without a limit in the template Lambda would retry for a day; here a loop shows sooner. */
const RETRIES_WITHOUT_LIMIT = 50;

/** One stream read by one function: in order per item, shard by shard, with filters, retries, bisecting and a last resort. */
export class StreamConsumer {
  readonly #options: StreamConsumerOptions;
  readonly #shards: StreamRecord[][] = Array.from({ length: SHARDS }, () => []);
  readonly #reading = new Set<number>();

  constructor(options: StreamConsumerOptions) {
    this.#options = options;
  }

  get streamArn(): string {
    return this.#options.mapping.sourceArn;
  }

  busy(): boolean {
    return this.#reading.size > 0;
  }

  /** Takes a record as the table made it; delivery goes on behind. */
  take(record: StreamRecord): void {
    const { filters } = this.#options.mapping;
    const event: Json = JSON.parse(JSON.stringify(record));
    if (filters.length > 0 && !filters.some((filter) => matchesPattern(filter, event))) return;
    const shard = shardOf(record);
    this.#shards[shard]?.push(record);
    if (!this.#reading.has(shard)) void this.#read(shard);
  }

  async #read(shard: number): Promise<void> {
    const { mapping, hurried, hostility } = this.#options;
    const records = this.#shards[shard] ?? [];
    this.#reading.add(shard);
    // The rest of the writer's call comes first, so that a transaction's records travel together.
    const until = performance.now() + mapping.windowSeconds * 1000;
    const waiting = () => performance.now() < until && !hurried() && records.length < mapping.batchSize;
    do await new Promise((resolve) => setTimeout(resolve, waiting() ? 10 : 0));
    while (waiting());
    while (records.length > 0) {
      const batch = records.splice(0, hostility.batchSize(mapping.batchSize));
      await this.#deliver(batch, 0);
      if (hostility.chance(0.1)) await this.#deliver(batch, 0);
    }
    this.#reading.delete(shard);
  }

  async #deliver(batch: readonly StreamRecord[], attempt: number): Promise<void> {
    const { mapping, hostility, invoke } = this.#options;
    const runs = hostility.chance(0.1) ? 2 : 1;
    const answers = await Promise.all(
      Array.from({ length: runs }, () => invoke(mapping.functionName, { Records: batch })),
    );
    const from = Math.min(...answers.map((answer) => this.#firstFailed(answer, batch)));
    if (from >= batch.length) return;
    const rest = batch.slice(from);
    const error = answers.find((answer) => answer.error !== undefined)?.error?.message ?? 'batch item failures';
    if (attempt >= (mapping.maximumRetries ?? RETRIES_WITHOUT_LIMIT)) {
      return this.#options.giveUp(mapping, rest, error);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000, 10 * 2 ** attempt)));
    if (!mapping.bisects || rest.length === 1) return this.#deliver(rest, attempt + 1);
    const middle = Math.ceil(rest.length / 2);
    await this.#deliver(rest.slice(0, middle), attempt + 1);
    await this.#deliver(rest.slice(middle), attempt + 1);
  }

  /** Index of the first record to read again: everything after a failed one comes again too. */
  #firstFailed(answer: Invocation, batch: readonly StreamRecord[]): number {
    if (answer.error !== undefined) return 0;
    if (!this.#options.mapping.reportsItemFailures) return batch.length;
    const numbers = batch.map((record) => record.dynamodb.SequenceNumber);
    const failed = failedItems(answer.payload, new Set(numbers));
    if (failed === undefined) return 0;
    return Math.min(batch.length, ...failed.map((number) => numbers.indexOf(number)));
  }
}

/** Records of one item keep their order: an item always lies on the same shard. */
function shardOf(record: StreamRecord): number {
  let hash = 0;
  for (const character of JSON.stringify(record.dynamodb.Keys)) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % SHARDS;
}
