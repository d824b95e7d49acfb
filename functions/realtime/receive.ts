import * as z from 'zod/mini';
import { jsonOrUndefined } from '../shared/events.ts';
import type { Tools } from '../shared/tools.ts';
import { judgeToken, type VerifyToken } from './access-token.ts';
import { end, keepConnection } from './connections.ts';
import { ClientMessage } from './contract.ts';
import type { Sockets } from './sockets.ts';
import { readConnection } from './store.ts';

/**
 * A message from an open screen. A fresh token of the same person prolongs the connection; anybody else's ends it, so
 * that a socket never changes hands.
 */
export async function receive(
  tools: Tools,
  sockets: Sockets,
  verify: VerifyToken,
  from: { connectionId: string; body: string },
): Promise<'renewed' | 'pong' | 'refused' | 'not understood'> {
  const parsed = z.safeParse(ClientMessage, jsonOrUndefined(from.body));
  if (!parsed.success) return 'not understood';
  if (parsed.data.type === 'ping') {
    await sockets.post(from.connectionId, { type: 'pong', at: tools.now() });
    return 'pong';
  }
  const verdict = await judgeToken(tools, parsed.data.token, verify, tools.env('USER_POOL_CLIENT_ID'));
  const connection = await readConnection(tools, from.connectionId);
  if (!verdict.passes || connection?.userId !== verdict.actor.userId) {
    await end(tools, sockets, from.connectionId, 'refused');
    return 'refused';
  }
  const { actor, expiresAt } = verdict;
  await keepConnection(tools, { connectionId: from.connectionId, actor, expiresAt });
  await sockets.post(from.connectionId, { type: 'renewed', expiresAt });
  return 'renewed';
}
