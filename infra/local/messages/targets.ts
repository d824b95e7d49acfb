import type { SqsPoller } from '../aws/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { Invocation } from '../compute/environment.ts';
import type { FunctionDefinition } from '../compute/function-definition.ts';
import type { Json } from '../json.ts';
import { Activity } from './activity.ts';

/** One event on its way to a function or a queue, without anybody waiting for the answer. */
export interface Delivery {
  readonly targetArn: string;
  readonly event: Json;
  /** Where it goes when the target cannot be reached at all. */
  readonly deadLetterArn: string | undefined;
}

interface Retry {
  readonly delivery: Delivery;
  readonly attempt: number;
  readonly dueAt: number;
}

export interface TargetsOptions {
  /** The function behind an ARN, also of a version or alias. */
  definition(arn: string): FunctionDefinition | undefined;
  readonly clock: Clock;
  readonly sqs: SqsPoller;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
}

/** Lambda waits a minute before the first retry of an asynchronous event and two before the second. */
const RETRY_MINUTES = [1, 2];

/** Delivers events of schedules, rules and buckets: asynchronous invocations with retries, or messages to a queue. */
export class Targets {
  readonly #options: TargetsOptions;
  readonly #activity = new Activity();
  #retries: Retry[] = [];

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  busy(): boolean {
    return this.#activity.busy();
  }

  /** The next instant at which a retry is due. */
  nextAt(): number | undefined {
    return this.#retries.length > 0 ? Math.min(...this.#retries.map((retry) => retry.dueAt)) : undefined;
  }

  deliver(delivery: Delivery): void {
    void this.#activity.during(() => this.#attempt(delivery, 0));
  }

  retryDue(now: number): void {
    const due = this.#retries.filter((retry) => retry.dueAt <= now);
    this.#retries = this.#retries.filter((retry) => retry.dueAt > now);
    for (const { delivery, attempt } of due) void this.#activity.during(() => this.#attempt(delivery, attempt));
  }

  async #attempt(delivery: Delivery, attempt: number): Promise<void> {
    const { definition, sqs, invoke, clock } = this.#options;
    if (delivery.targetArn.startsWith('arn:aws:sqs:')) {
      return sqs.send(delivery.targetArn, JSON.stringify(delivery.event));
    }
    const target = definition(delivery.targetArn);
    if (target === undefined) throw new Error(`no function or queue ${delivery.targetArn}`);
    const { maximumRetries, onFailureArn = delivery.deadLetterArn } = target.asynchronous;
    const answer = await invoke(target.name, delivery.event);
    if (answer.error === undefined) return;
    if (attempt < Math.min(maximumRetries, RETRY_MINUTES.length)) {
      const dueAt = clock.now() + (RETRY_MINUTES[attempt] ?? 1) * 60_000;
      this.#retries.push({ delivery, attempt: attempt + 1, dueAt });
    } else if (onFailureArn !== undefined) {
      await sqs.send(onFailureArn, JSON.stringify(delivery.event));
    }
  }
}
