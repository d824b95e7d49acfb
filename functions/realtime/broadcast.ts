import { readAccessCard } from '../shared/access-store.ts';
import type { ItemChange } from '../shared/events.ts';
import type { Tools } from '../shared/tools.ts';
import type { Changed } from './contract.ts';
import { changedMessage, listeners, type Scope, type Subject, subjectOf, teamScope, userScope } from './scope.ts';
import type { Sockets } from './sockets.ts';
import { deleteConnection, readListeners } from './store.ts';

/** API Gateway takes this many posts at once from one function without queueing them. */
const parallelPosts = 50;

/** Tells every open screen that may see it that something changed. Who may is asked now, not at connect. */
export async function broadcast(tools: Tools, sockets: Sockets, change: ItemChange): Promise<number> {
  const subject = subjectOf(change);
  if (!subject) return 0;
  const { scopes, teamId } = await audience(tools, change, subject);
  const message = changedMessage(change, subject, teamId);
  if (!message || scopes.length === 0) return 0;
  const groups = await Promise.all(scopes.map((scope) => readListeners(tools, scope)));
  const live = groups.flat().filter(({ expiresAt }) => tools.now() < expiresAt);
  const connectionIds = [...new Set(live.map(({ connectionId }) => connectionId))];
  await postAll(tools, sockets, connectionIds, message);
  return connectionIds.length;
}

async function audience(
  tools: Tools,
  change: ItemChange,
  subject: Subject,
): Promise<{ scopes: Scope[]; teamId?: string }> {
  if (subject.of === 'team') return { scopes: [teamScope(subject.id)], teamId: subject.id };
  if (subject.of === 'recipient') return { scopes: await recipientScopes(tools, subject.id) };
  const card = await readAccessCard(tools, { kind: subject.of, id: subject.id });
  if (!card) return { scopes: [] };
  return { scopes: listeners(card, change), ...(card.teamId !== undefined && { teamId: card.teamId }) };
}

/** A message to a patient is shown where the patient is signed in. */
async function recipientScopes(tools: Tools, recipientId: string): Promise<Scope[]> {
  if (!recipientId.startsWith('pat_')) return [userScope(recipientId)];
  const card = await readAccessCard(tools, { kind: 'patient', id: recipientId });
  return card?.userId === undefined ? [] : [userScope(card.userId)];
}

async function postAll(tools: Tools, sockets: Sockets, connectionIds: string[], message: Changed): Promise<void> {
  for (let start = 0; start < connectionIds.length; start += parallelPosts) {
    const batch = connectionIds.slice(start, start + parallelPosts);
    await Promise.all(
      batch.map(async (connectionId) => {
        if ((await sockets.post(connectionId, message)) === 'gone') await deleteConnection(tools, connectionId);
      }),
    );
  }
}
