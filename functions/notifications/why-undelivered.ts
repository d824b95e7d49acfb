import * as z from 'zod/mini';

/**
 * Why a message reached nobody, as far as somebody can put it right: every way of reaching them refused it for good, we cannot
 * send to phones at all, the phone's notification service did not take it, or the service that sends for us did not.
 */
export const UndeliveredReason = z.enum(['refused', 'push-keys', 'push-service', 'sender']);
export type UndeliveredReason = z.infer<typeof UndeliveredReason>;

/** The reason behind the word that was written down when sending was given up. A provider's own word is the sender's. */
export function undeliveredReason(why: string | undefined): UndeliveredReason {
  if (why === 'no-channel') return 'refused';
  if (why === 'push-keys') return 'push-keys';
  return why?.startsWith('push-') ? 'push-service' : 'sender';
}
