import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { readActor } from '../shared/access-store.ts';
import { env } from '../shared/env.ts';
import { createTools } from '../shared/tools.ts';
import { ConnectContext, poolVerifier, type VerifyToken } from './access-token.ts';
import { keepConnection } from './connections.ts';
import { subprotocol } from './contract.ts';
import { receive } from './receive.ts';
import { apiGatewaySockets } from './sockets.ts';
import { deleteConnection } from './store.ts';

const tools = createTools();
const sockets = apiGatewaySockets();
let verify: VerifyToken | undefined;

/** `$connect`, `$disconnect` (best effort) and whatever the screen says. */
export const handler = middy<APIGatewayProxyWebsocketEventV2, APIGatewayProxyStructuredResultV2>().handler(
  async (event) => {
    const { routeKey, connectionId } = event.requestContext;
    if (routeKey === '$connect') return await connect(connectionId, event.requestContext);
    if (routeKey === '$disconnect') {
      await deleteConnection(tools, connectionId);
      tools.log.info('socket', { connectionId, outcome: 'closed' });
      return { statusCode: 200 };
    }
    verify ??= poolVerifier(env('ISSUER'), env('JWKS_URI'));
    const outcome = await receive(tools, sockets, verify, { connectionId, body: event.body ?? '' });
    tools.log.info('socket', { connectionId, outcome });
    return { statusCode: 200 };
  },
);

const Authorized = z.object({ authorizer: ConnectContext });

async function connect(connectionId: string, context: unknown): Promise<APIGatewayProxyStructuredResultV2> {
  const parsed = z.safeParse(Authorized, context);
  const actor = parsed.success ? await readActor(tools, parsed.data.authorizer.userId) : undefined;
  if (!parsed.success || !actor) return { statusCode: 401 };
  await keepConnection(tools, { connectionId, actor, expiresAt: parsed.data.authorizer.expiresAt });
  tools.log.info('socket', { connectionId, actorId: actor.userId, outcome: 'open' });
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': subprotocol } };
}
