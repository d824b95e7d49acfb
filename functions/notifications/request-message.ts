import type { Tools } from '../shared/tools.ts';
import type { MessageRequest } from './message.ts';
import { logPage } from './store.ts';

/** Asks that somebody hears something. At least once is promised by the queue, once by the delivery log. */
export async function requestMessage(tools: Tools, request: MessageRequest): Promise<void> {
  await requestMessages(tools, [request]);
}

export async function requestMessages(
  tools: Tools,
  requests: readonly MessageRequest[],
  delaySeconds = 0,
): Promise<void> {
  await tools.send(
    'notifications',
    requests.map((body) => ({ body, delaySeconds })),
  );
}

/**
 * For a decision that is carried out again because nobody knows whether it was carried out to its end: asks only for the
 * messages of which the log knows nothing. Reads only, when nothing is missing.
 */
export async function requestMissing(tools: Tools, requests: readonly MessageRequest[]): Promise<number> {
  const known = await Promise.all(
    requests.map(async ({ to, messageId }) => {
      const { items } = await logPage(tools, to.id, 25);
      return items.some(({ request }) => request.messageId === messageId);
    }),
  );
  const missing = requests.filter((_, index) => known[index] === false);
  if (missing.length > 0) await requestMessages(tools, missing);
  return missing.length;
}

/** Asks to compare what people subscribed to with what SNS knows, and to end what belongs to nobody of the team any more. */
export async function reconcileTopic(tools: Tools, teamId: string): Promise<void> {
  await tools.send('notifications', [{ body: { reconcile: teamId } }]);
}
