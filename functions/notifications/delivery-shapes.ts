import * as z from 'zod/mini';
import { Instant } from '../shared/shapes.ts';
import { NotSentReason } from './why-undelivered.ts';

/** `screen` is the open app and its inbox, `topic` the team's SNS topic. */
export const channels = ['screen', 'push', 'sms', 'email', 'topic'] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

export const Attempt = z.object({
  at: Instant,
  outcome: z.enum(['sent', 'failed', 'unknown']),
  /** Word of ours, never the provider's text. */
  why: z.optional(z.string()),
  providerMessageId: z.optional(z.string()),
});
export type Attempt = z.infer<typeof Attempt>;

/** A line of the delivery log. It holds no text and no address. */
export const DeliveryEntry = z.object({
  messageId: z.string(),
  template: z.string(),
  channel: Channel,
  to: z.object({ kind: z.enum(['patient', 'supporter', 'staff', 'team']), id: z.string() }),
  state: z.enum(['requested', 'sending', 'sent', 'deferred', 'held', 'folded', 'dropped', 'undelivered']),
  requestedAt: Instant,
  sentAt: z.optional(Instant),
  attempts: z.array(Attempt),
  why: z.optional(z.string()),
  /** What `why` means to a person, where it was not sent. */
  reason: z.optional(NotSentReason),
});
export type DeliveryEntry = z.infer<typeof DeliveryEntry>;
