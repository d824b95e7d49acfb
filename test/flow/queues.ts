import { addSeconds, type Instant } from '../../functions/shared/time.ts';
import type { QueueMessage, QueueName } from '../../functions/shared/tools.ts';

export type Waiting = {
  readonly queue: QueueName;
  readonly body: unknown;
  readonly visibleAt: Instant;
  readonly receives: number;
};

/** How deliveries go: in the order sent and once, or in any order and more often, always the same for a seed. */
export type Manner = {
  /** So many messages of a queue together. */
  readonly batch?: number;
  readonly seed?: number;
};

/** Queues as they may behave: nothing is lost, order and number of deliveries are not promised. */
export class Queues {
  readonly #waiting: Waiting[] = [];
  readonly #batch: number;
  readonly #random: (() => number) | undefined;

  constructor({ batch = 1, seed }: Manner) {
    this.#batch = batch;
    this.#random = seed === undefined ? undefined : randomFrom(seed);
  }

  put(queue: QueueName, { body, delaySeconds = 0 }: QueueMessage, now: Instant, receives = 0): void {
    // As it travels: what JSON does not keep is gone.
    const copy: unknown = JSON.parse(JSON.stringify(body));
    this.#waiting.push({ queue, body: copy, visibleAt: addSeconds(now, delaySeconds), receives });
  }

  /** When the next message can be read; undefined when nothing waits. */
  next(): Instant | undefined {
    return this.#waiting.map((one) => one.visibleAt).sort()[0];
  }

  /** Takes messages of one queue that can be read now; a repeated one is taken and stays. */
  take(now: Instant): { queue: QueueName; messages: Waiting[] } | undefined {
    const visible = this.#waiting.filter((one) => one.visibleAt <= now);
    const first = visible[this.#random ? Math.floor(this.#random() * visible.length) : 0];
    if (!first) return undefined;
    const same = visible.filter((one) => one.queue === first.queue && one !== first);
    const messages = [first, ...same.slice(0, this.#batch - 1)];
    for (const message of messages) {
      this.#waiting.splice(this.#waiting.indexOf(message), 1);
      if (this.#random && message.receives < 3 && this.#random() < 0.25)
        this.#waiting.push({
          ...message,
          visibleAt: addSeconds(now, Math.floor(this.#random() * 3)),
          receives: message.receives + 1,
        });
    }
    return { queue: first.queue, messages };
  }
}

/** Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
