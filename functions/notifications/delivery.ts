import * as z from 'zod/mini';
import { Attempt, Channel, type DeliveryEntry } from './contract.ts';
import { MessageRequest } from './message.ts';
import { notSentReason } from './why-undelivered.ts';

/** One message on one channel, as the delivery log keeps it. It holds no text and no address. */
export const Delivery = z.object({
  request: MessageRequest,
  channel: Channel,
  state: z.enum(['sending', 'sent', 'folded', 'dropped', 'undelivered']),
  /** While it lasts somebody is at it; afterwards a crash is assumed and it is tried again. */
  leaseUntil: z.optional(z.string()),
  sentAt: z.optional(z.string()),
  attempts: z.array(Attempt),
  why: z.optional(z.string()),
  readAt: z.optional(z.string()),
});
export type Delivery = z.infer<typeof Delivery>;

/** A function may run 30 s; after this its lease is over. */
export const leaseSeconds = 45;
/** Over about ten minutes; then a person has to look. */
export const mostAttempts = 8;
export const longestAttemptList = 10;

/** 5, 10, 20 … seconds. */
export function retryDelaySeconds(attempt: number): number {
  return Math.min(600, 5 * 2 ** Math.max(0, attempt - 1));
}

/** What may be done with a delivery that is in the log already. */
export function claimOn(found: Delivery | undefined, now: string): 'claim' | 'done' | 'busy' | 'refused' {
  if (!found) return 'claim';
  // This channel refused it for good: the next one's turn.
  if (found.state === 'dropped') return 'refused';
  if (found.state === 'sent' || found.state === 'folded' || found.state === 'undelivered') return 'done';
  return found.leaseUntil !== undefined && now < found.leaseUntil ? 'busy' : 'claim';
}

export function entryOf({ request, channel, state, sentAt, attempts, why }: Delivery): DeliveryEntry {
  const reason = notSentReason(state, why);
  return {
    messageId: request.messageId,
    template: request.template,
    channel,
    to: request.to,
    state,
    requestedAt: request.at,
    ...(sentAt !== undefined && { sentAt }),
    attempts,
    ...(why !== undefined && { why }),
    ...(reason && { reason }),
  };
}
