import middy from '@middy/core';
import type { APIGatewayRequestAuthorizerEvent, AuthResponse } from 'aws-lambda';
import { audit } from '../shared/audit.ts';
import { env } from '../shared/env.ts';
import { createTools, type Tools } from '../shared/tools.ts';
import { judgeToken, poolVerifier, tokenFromProtocols, type VerifyToken } from './access-token.ts';

const tools = createTools();
let verify: VerifyToken | undefined;

/** Decides about `$connect`: API Gateway has no JWT authorizer for WebSockets. */
export const handler = middy<APIGatewayRequestAuthorizerEvent, AuthResponse>().handler(async (event) => {
  verify ??= poolVerifier(env('ISSUER'), env('JWKS_URI'));
  return await authorize(tools, event, verify);
});

async function authorize(
  tools: Tools,
  event: APIGatewayRequestAuthorizerEvent,
  verify: VerifyToken,
): Promise<AuthResponse> {
  if (header(event, 'x-origin-secret') !== tools.env('ORIGIN_SECRET')) return refuse(tools, event, 'wrong door');
  const token = tokenFromProtocols(header(event, 'sec-websocket-protocol'));
  const verdict = await judgeToken(tools, token, verify, tools.env('USER_POOL_CLIENT_ID'));
  if (!verdict.passes) return await refuse(tools, event, verdict.why);
  const { actor, expiresAt } = verdict;
  return { ...policy(actor.userId, 'Allow', event.methodArn), context: { userId: actor.userId, expiresAt } };
}

async function refuse(tools: Tools, event: APIGatewayRequestAuthorizerEvent, why: string): Promise<AuthResponse> {
  await audit(tools, {
    subjectId: 'live',
    actorId: 'anonymous',
    action: 'open a live connection',
    outcome: 'refused',
    why,
  });
  return policy('anonymous', 'Deny', event.methodArn);
}

function policy(principalId: string, Effect: 'Allow' | 'Deny', Resource: string): AuthResponse {
  return {
    principalId,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
  };
}

function header(event: APIGatewayRequestAuthorizerEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}
