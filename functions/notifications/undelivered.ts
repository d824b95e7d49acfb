import { teamsBelow } from '../organisations/team-of.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { DeliveryEntry, UndeliveredView } from './contract.ts';
import { entryOf } from './delivery.ts';
import { requestMessage } from './request-message.ts';
import { dropDelivery, readUndelivered } from './store.ts';

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

/** Puts an undelivered message back on the queue: it is sent if it is still so. */
export async function sendAgain(tools: Tools, teamId: string, messageId: string): Promise<void> {
  const found = (await readUndelivered(tools, teamId)).filter(({ request }) => request.messageId === messageId);
  const first = found[0];
  if (!first) throw notFound('message');
  for (const delivery of found) await dropDelivery(tools, delivery);
  await requestMessage(tools, first.request);
}
