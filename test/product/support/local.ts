import { inject } from 'vitest';
import * as z from 'zod/mini';

const Clock = z.object({ now: z.string(), offset: z.number(), standing: z.boolean() });
const OutboxEntry = z.looseObject({
  at: z.string(),
  service: z.enum(['sms', 'email', 'sns', 'push']),
  to: z.string(),
  subject: z.optional(z.string()),
  text: z.string(),
  status: z.enum(['sent', 'pending', 'failed']),
  messageId: z.string(),
  topicArn: z.optional(z.string()),
  protocol: z.optional(z.string()),
  confirmUrl: z.optional(z.string()),
});
const Denied = z.looseObject({ functionName: z.string(), action: z.string(), resource: z.string(), why: z.string() });
const Failure = z.object({ at: z.string(), functionName: z.string(), type: z.string(), message: z.string() });
const QueueCounts = z.looseObject({ name: z.string(), ready: z.number(), deadLetters: z.boolean() });

export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** Which schedules fire while time is moved: every one when nothing is said. */
type Ticks = 'skip' | 'quarters' | 'hours';

/** What exists only on one machine: its clock, what left it, its faults. All through `/local`, as anybody could. */
export const local = {
  async clock(): Promise<{ now: string }> {
    return z.parse(Clock, await ask('GET', '/local/clock'));
  },
  /** Lets an ISO duration pass; answers when nothing runs or waits any more. */
  async advance(duration: string, more: { ticks?: Ticks } = {}): Promise<{ now: string }> {
    return z.parse(Clock, await ask('POST', '/local/clock', { advance: duration, ...more }));
  },
  /** Goes to an instant, or to the next time a clock in `zone` shows `HH:mm`. */
  async goTo(to: string, zone?: string, more: { ticks?: Ticks } = {}): Promise<{ now: string }> {
    return z.parse(Clock, await ask('POST', '/local/clock', { to, ...(zone !== undefined && { zone }), ...more }));
  },
  async idle(): Promise<void> {
    await ask('GET', '/local/idle');
  },
  /** What left the building; narrow it with `service`, `to`, `contains`, `since`. */
  async outbox(narrow: Record<string, string> = {}): Promise<OutboxEntry[]> {
    return z.parse(z.array(OutboxEntry), await ask('GET', `/local/outbox?${new URLSearchParams(narrow)}`));
  },
  async denied() {
    return z.parse(z.array(Denied), await ask('GET', '/local/denied'));
  },
  /** Invocations that ended in an error, injected ones included. */
  async failures() {
    return z.parse(z.array(Failure), await ask('GET', '/local/failures'));
  },
  /** Messages that were given up. */
  async deadLetters() {
    const queues = z.parse(z.array(QueueCounts), await ask('GET', '/local/queues'));
    return queues.filter((queue) => queue.deadLetters && queue.ready > 0);
  },
  async faults(fault: Record<string, unknown>): Promise<void> {
    await ask('POST', '/local/faults', fault);
  },
  /** What was to fail and has not failed yet. */
  async pendingFaults() {
    return z.parse(z.looseObject({ pending: z.array(z.unknown()) }), await ask('GET', '/local/faults')).pending;
  },
  /** The authority that the boxes' endpoint is signed by. */
  async mqttCa(): Promise<string> {
    return (await fetch(`${inject('origin')}/local/mqtt-ca.pem`)).text();
  },
};

/**
 * Who was told, in order and once each. A repeat is forgiven for each death of the sender meanwhile: it may come between
 * sending and noting, and hearing twice is better than not at all.
 */
export async function peopleTold(messages: readonly OutboxEntry[], since: string): Promise<string[]> {
  const deaths = (await local.failures()).filter(
    ({ at, functionName }) => at >= since && functionName.includes('OnMessage'),
  );
  const people = [...new Set(messages.map(({ to }) => to))].sort();
  const most = Math.max(0, ...people.map((person) => messages.filter(({ to }) => to === person).length));
  if (most > 1 + deaths.length) throw new Error(`told ${most} times, though the sender died ${deaths.length} times`);
  return people;
}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(inject('origin') + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
