import * as z from 'zod/mini';
import type { Actor } from '../shared/access.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { scopesOf, userScope } from './scope.ts';
import type { Sockets } from './sockets.ts';
import { deleteConnection, putConnection, readConnection, readListeners } from './store.ts';

/** What stands on the live queue beside changes: look whether a socket's token has ended; a person signed out. */
export const SocketOrder = z.discriminatedUnion('order', [
  z.object({ order: z.literal('end-if-expired'), connectionId: z.string() }),
  z.object({ order: z.literal('end-all-of'), userId: z.string() }),
]);
export type SocketOrder = z.infer<typeof SocketOrder>;

/** Keeps a socket for as long as its token is good, and asks to be reminded of that second. Also for a renewal. */
export async function keepConnection(
  tools: Tools,
  connection: { connectionId: string; actor: Actor; expiresAt: string },
): Promise<void> {
  const { connectionId, actor, expiresAt } = connection;
  const scopes = scopesOf(actor, tools.now());
  await putConnection(tools, { connectionId, userId: actor.userId, expiresAt, scopes });
  await remindOfEnd(tools, connectionId, expiresAt);
}

async function remindOfEnd(tools: Tools, connectionId: string, expiresAt: string): Promise<void> {
  const seconds = Math.ceil(secondsBetween(tools.now(), expiresAt)) + 1;
  const body: SocketOrder = { order: 'end-if-expired', connectionId };
  await tools.send('live', [{ body, delaySeconds: Math.min(900, Math.max(0, seconds)) }]);
}

/** Signs a person's open screens out: for a sign-out everywhere, a closed account, a removed membership. */
export async function endSocketsOf(tools: Tools, userId: string): Promise<void> {
  const body: SocketOrder = { order: 'end-all-of', userId };
  await tools.send('live', [{ body }]);
}

export async function obey(tools: Tools, sockets: Sockets, order: SocketOrder): Promise<string> {
  if (order.order === 'end-all-of') {
    const all = await readListeners(tools, userScope(order.userId));
    for (const { connectionId } of all) await end(tools, sockets, connectionId, 'signed-out');
    return 'signed out';
  }
  const connection = await readConnection(tools, order.connectionId);
  if (!connection) return 'already gone';
  if (tools.now() < connection.expiresAt) {
    await remindOfEnd(tools, connection.connectionId, connection.expiresAt);
    return 'renewed meanwhile';
  }
  await end(tools, sockets, connection.connectionId, 'expired');
  return 'expired';
}

export async function end(
  tools: Tools,
  sockets: Sockets,
  connectionId: string,
  why: 'expired' | 'signed-out' | 'refused',
): Promise<void> {
  if ((await sockets.post(connectionId, { type: 'closing', why })) === 'sent') await sockets.close(connectionId);
  await deleteConnection(tools, connectionId);
}
