import type { Post } from '../../functions/notifications/post.ts';
import { minuteOf, minutesAfter } from '../../functions/reminders/due.ts';
import { handOver } from '../../functions/reminders/hand-over.ts';
import { queuesFor } from '../../functions/shared/fan-out.ts';
import type { Instant } from '../../functions/shared/time.ts';
import { createTestTools, type TestTools, type TestToolsOptions } from '../support/table-tools.ts';
import { recordChanges } from './changes.ts';
import { type Boundary, consumers } from './consumers.ts';
import { type Manner, Queues } from './queues.ts';

/** One message as it left the building. `to` is a number, an address, a device or a topic. */
export type Sent = {
  readonly at: Instant;
  readonly channel: 'push' | 'sms' | 'email' | 'topic';
  readonly to: string;
  readonly text: string;
};

/** What was spent, in all and by who spent it. */
export type Spent = {
  writes: number;
  reads: number;
  by: Record<string, { writes: number; reads: number; runs: number }>;
};

export type FlowOptions = TestToolsOptions & Manner & { readonly post?: Partial<Post> };

export const flowEnv = {
  APP_ORIGIN: 'https://clinic.example',
  SES_FROM: 'care@clinic.example',
  CANARY_PATIENT_ID: 'none',
  BOX_ENDPOINT: 'localhost:4283',
  BOX_AUTHORITY_URL: 'http://localhost:4280/local/mqtt-ca.pem',
};
/** A message that fails so often is a fault of ours. */
const mostReceives = 5;

/**
 * The back end without AWS: the real table, the real actions, and between them the stream's fan-out, the queues and the tick
 * as production chains them. Its clock only moves when told, and stops at each second at which something happens.
 */
export class Flow {
  readonly tools: TestTools;
  readonly left: Sent[] = [];
  readonly spent: Spent = { writes: 0, reads: 0, by: {} };
  readonly #queues: Queues;
  readonly #ticks = new Set<Instant>();
  readonly #boundary: Boundary;

  private constructor(base: TestTools, options: FlowOptions) {
    this.#queues = new Queues(options);
    this.tools = {
      ...base,
      send: async (queue, messages) => {
        for (const message of messages) this.#queues.put(queue, message, base.now());
      },
    };
    this.#boundary = {
      post: { ...this.#collecting(), ...options.post },
      sockets: { post: async () => 'sent', close: async () => undefined },
      shadow: { put: async () => undefined },
      registry: { revoke: async () => undefined },
    };
  }

  static async start(endpoint: string, options: FlowOptions = {}): Promise<Flow> {
    const base = await createTestTools(endpoint, { ...options, env: { ...flowEnv, ...options.env } });
    const flow = new Flow(base, options);
    recordChanges(flow.tools, endpoint, ({ change, image }) => {
      if (change.kind === 'due' && change.event !== 'REMOVE') flow.#tickFor(String(image.at));
      for (const queue of queuesFor(change.kind, change.event))
        flow.#queues.put(queue, { body: change }, flow.tools.now());
    });
    return flow;
  }

  /** Does something that a person or a device does, metered under its name, and lets all follow from it that follows at once. */
  async does<T>(what: string, act: () => Promise<T>): Promise<T> {
    const result = await this.#metered(what, act);
    await this.drain();
    return result;
  }

  /** Delivers until nothing can be read now. */
  async drain(): Promise<void> {
    const now = this.tools.now();
    for (let batch = this.#queues.take(now); batch; batch = this.#queues.take(now)) {
      const { queue, messages } = batch;
      const consume = consumers[queue];
      if (!consume) continue;
      try {
        await this.#metered(queue, () =>
          consume(
            this.tools,
            this.#boundary,
            messages.map((one) => one.body),
          ),
        );
      } catch (error) {
        for (const { body, receives } of messages) {
          if (receives >= mostReceives) throw error;
          this.#queues.put(queue, { body, delaySeconds: 30 }, now, receives + 1);
        }
      }
    }
  }

  /** Lets time pass until then: ticks, timers and delayed messages happen on their second. */
  async goTo(instant: Instant): Promise<void> {
    for (let next = this.#next(); next !== undefined && next <= instant; next = this.#next()) {
      if (next > this.tools.now()) this.tools.setNow(next);
      if (this.#ticks.delete(next)) await this.#metered('tick', () => handOver(this.tools));
      await this.drain();
    }
    this.tools.setNow(instant);
  }

  /** Begins to count anew; answers what was spent until now. */
  reset(): Spent {
    const before = { ...this.spent };
    this.tools.units();
    Object.assign(this.spent, { writes: 0, reads: 0, by: {} });
    return before;
  }

  #next(): Instant | undefined {
    return [this.#queues.next(), ...this.#ticks].filter((at) => at !== undefined).sort()[0];
  }

  /** A tick that has nothing to hand over changes nothing, so only the minutes before something is due are ticked. */
  #tickFor(at: Instant): void {
    this.#ticks.add(`${minutesAfter(minuteOf(at), -1)}:00.000Z`);
  }

  async #metered<T>(what: string, act: () => Promise<T>): Promise<T> {
    this.tools.units();
    try {
      return await act();
    } finally {
      const { writes, reads } = this.tools.units();
      const own = this.spent.by[what] ?? { writes: 0, reads: 0, runs: 0 };
      this.spent.by[what] = own;
      for (const sum of [this.spent, own]) {
        sum.writes += writes;
        sum.reads += reads;
      }
      own.runs += 1;
    }
  }

  #collecting(): Post {
    const keep = (channel: Sent['channel'], to: string, text: string) => {
      this.left.push({ at: this.tools.now(), channel, to, text });
      return Promise.resolve(`sent-${this.left.length}`);
    };
    return {
      push: (device, message) => keep('push', device.endpoint, message.text),
      sms: (phone, text) => keep('sms', phone, text),
      email: (address, _, text) => keep('email', address, text),
      topic: (topicArn, { text }) => keep('topic', topicArn, text),
    };
  }
}
