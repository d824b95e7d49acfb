import { teamsBelow } from '../organisations/team-of.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { DeliveryEntry, UndeliveredView } from './contract.ts';
import { entryOf } from './delivery.ts';
import type { MessageRequest } from './message.ts';
import { requestMessages } from './request-message.ts';
import { dropDelivery, readDeliveriesAt, readUndelivered } from './store.ts';

/** A team's messages that could not be delivered and wait for somebody to look. For every context. */
export async function undeliveredOf(tools: Pick<Tools, 'db' | 'tableName'>, teamId: string): Promise<DeliveryEntry[]> {
  return (await readUndelivered(tools, teamId)).map(entryOf);
}

/** Messages that reached nobody on any channel, in every team below an organisation, newest first. */
export async function undelivered(tools: Tools, organisationId: string): Promise<UndeliveredView> {
  const teams = await teamsBelow(tools, organisationId);
  const lists = await Promise.all(
    teams.map(async ({ teamId }) => (await undeliveredOf(tools, teamId)).map((entry) => ({ ...entry, teamId }))),
  );
  return { entries: lists.flat().sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1)) };
}

/** So long it takes at most to forget that a message was not delivered. */
const forgetSeconds = 10;

/**
 * Puts an undelivered message back on the queue, for each whom it did not reach, by every channel: it is sent if it is still so.
 * Asked for first and forgotten then, so that a crash between leaves it in the list.
 */
export async function sendAgain(tools: Tools, teamId: string, messageId: string): Promise<void> {
  const found = (await readUndelivered(tools, teamId)).filter(({ request }) => request.messageId === messageId);
  if (found.length === 0) throw notFound('message');
  const requests = [...new Map(found.map(({ request }) => [request.to.id, request])).values()];
  await requestMessages(tools, requests, forgetSeconds);
  await Promise.all(requests.map(async (request) => await forget(tools, request)));
}

/** What was given up, and what a channel refused for good: the number may be another by now. */
async function forget(tools: Tools, { to, at, messageId }: MessageRequest): Promise<void> {
  const known = await readDeliveriesAt(tools, { recipientId: to.id, at, idPrefix: `${messageId}#` });
  for (const delivery of known)
    if (delivery.state === 'undelivered' || delivery.state === 'dropped') await dropDelivery(tools, delivery);
}
