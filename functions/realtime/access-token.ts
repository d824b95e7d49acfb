import { JwtRsaVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod/mini';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { openSessionOf } from '../shared/session.ts';
import type { Tools } from '../shared/tools.ts';
import { subprotocol } from './contract.ts';

const AccessToken = z.object({
  sub: z.string(),
  token_use: z.literal('access'),
  client_id: z.string(),
  scope: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.optional(z.string()),
  origin_jti: z.optional(z.string()),
});

/** Who holds the token and until when it is good, or why it does not pass. */
export type TokenVerdict =
  | { readonly passes: true; readonly actor: Actor; readonly expiresAt: string }
  | { readonly passes: false; readonly why: 'no-token' | 'not-verified' | 'not-ours' | 'signed-out' };

export type VerifyToken = (token: string) => Promise<unknown>;

/** Verifies signature, issuer and times by the pool's published keys. What kind of token it is, `judgeToken` asks. */
export function poolVerifier(issuer: string, jwksUri: string): VerifyToken {
  const keys = new SimpleJwksCache({ fetcher: { fetch: async (uri) => await (await fetch(uri)).arrayBuffer() } });
  const verifier = JwtRsaVerifier.create({ issuer, jwksUri, audience: null }, { jwksCache: keys });
  return async (token) => await verifier.verify(token);
}

/**
 * Only an access token of our own client, with the scope that JWT routes ask for, of an account that is open and of a
 * session that was not ended since: a revoked device must not come back with what is left of its token. An ID token, another pool's or another client's does not pass.
 */
export async function judgeToken(
  tools: Tools,
  token: string | undefined,
  verify: VerifyToken,
  clientId: string,
): Promise<TokenVerdict> {
  if (token === undefined) return { passes: false, why: 'no-token' };
  const claims = await verified(token, verify);
  if (claims === undefined) return { passes: false, why: 'not-verified' };
  const parsed = z.safeParse(AccessToken, claims);
  const ours =
    parsed.success &&
    parsed.data.client_id === clientId &&
    parsed.data.scope.split(' ').includes('aws.cognito.signin.user.admin');
  if (!ours) return { passes: false, why: 'not-ours' };
  const actor = await readActor(tools, parsed.data.sub);
  if (!actor || actor.disabled || parsed.data.iat < actor.tokensValidFromEpochSeconds)
    return { passes: false, why: 'signed-out' };
  const { origin_jti, jti } = parsed.data;
  if (!(await openSessionOf(tools, actor.userId, origin_jti ?? jti))) return { passes: false, why: 'signed-out' };
  return { passes: true, actor, expiresAt: new Date(parsed.data.exp * 1000).toISOString() };
}

async function verified(token: string, verify: VerifyToken): Promise<unknown> {
  try {
    return await verify(token);
  } catch {
    return undefined;
  }
}

/** The token travels as the second sub-protocol, because a URL would be logged. */
export function tokenFromProtocols(header: string | undefined): string | undefined {
  const [first, token, ...more] = (header ?? '').split(',').map((part) => part.trim());
  return first === subprotocol && token && more.length === 0 ? token : undefined;
}

/** What the authorizer hands on to `$connect`; API Gateway carries only flat values. */
export const ConnectContext = z.object({ userId: z.string(), expiresAt: z.string() });
