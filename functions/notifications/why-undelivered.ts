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

/** Why one message did not go by one way: besides the above there was no way to send by, or the phone no longer takes it. */
export const NotSentReason = z.enum([...UndeliveredReason.options, 'nowhere', 'device']);
export type NotSentReason = z.infer<typeof NotSentReason>;

/** For a line of the delivery log that was given up; undefined for every other. */
export function notSentReason(state: string, why: string | undefined): NotSentReason | undefined {
  if (state !== 'dropped' && state !== 'undelivered') return undefined;
  if (why === 'no address' || why === 'no device') return 'nowhere';
  if (why?.startsWith('device-')) return 'device';
  if (state === 'undelivered') return undeliveredReason(why);
  return why === 'no-channel' ? 'nowhere' : 'refused';
}
