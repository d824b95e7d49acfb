import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';
import type { Client } from './directory.ts';

export type RefreshGrant = {
  username: string;
  poolId: string;
  clientId: string;
  /** One sign-in: everything that follows from it is revoked together. */
  originJti: string;
  authTime: number;
  expiresAt: number;
  /** Set when rotation replaced it: good for the grace that lets two tabs refresh at once. */
  goodUntil?: number;
};

export type RefreshTokens = {
  begin(client: Client, username: string): { token: string; grant: RefreshGrant };
  /** The grant behind a token, and the token that takes its place when the client rotates. */
  use(client: Client, token: string): { grant: RefreshGrant; next: string | undefined };
  find(token: string): RefreshGrant | undefined;
  revoke(originJti: string): void;
  revokeAllOf(poolId: string, username: string): void;
  isRevoked(originJti: string): boolean;
  dump(): { tokens: [string, RefreshGrant][]; revoked: string[] };
  load(state: { tokens: [string, RefreshGrant][]; revoked: string[] }): void;
};

const refused = (message: string) => new AwsError('NotAuthorizedException', message);

export function refreshTokenBook(options: AwsOptions): RefreshTokens {
  const tokens = new Map<string, RefreshGrant>();
  const revoked = new Set<string>();
  const mint = (grant: RefreshGrant) => {
    const token = randomBytes(96).toString('base64url');
    tokens.set(token, grant);
    return token;
  };
  return {
    begin(client, username) {
      const grant: RefreshGrant = {
        username,
        poolId: client.pool.definition.id,
        clientId: client.definition.id,
        originJti: randomUUID(),
        authTime: Math.floor(options.now() / 1000),
        expiresAt: options.now() + client.definition.refreshTokenSeconds * 1000,
      };
      return { token: mint(grant), grant };
    },
    use(client, token) {
      const grant = tokens.get(token);
      if (!grant || grant.clientId !== client.definition.id) throw refused('Invalid Refresh Token');
      if (revoked.has(grant.originJti)) throw refused('Refresh Token has been revoked');
      if (grant.expiresAt <= options.now()) throw refused('Refresh Token has expired');
      if (grant.goodUntil !== undefined && grant.goodUntil < options.now())
        throw new AwsError('RefreshTokenReuseException', 'Refresh Token has been invalidated by rotation');
      const { rotation } = client.definition;
      if (!rotation) return { grant, next: undefined };
      const { goodUntil: _, ...unrotated } = grant;
      grant.goodUntil ??= options.now() + rotation.retryGraceSeconds * 1000;
      // A rotated token lives for what was left of the first one.
      return { grant, next: mint(unrotated) };
    },
    find: (token) => tokens.get(token),
    revoke: (originJti) => void revoked.add(originJti),
    revokeAllOf(poolId, username) {
      for (const grant of tokens.values())
        if (grant.poolId === poolId && grant.username === username) revoked.add(grant.originJti);
    },
    isRevoked: (originJti) => revoked.has(originJti),
    dump: () => ({ tokens: [...tokens], revoked: [...revoked] }),
    load(state) {
      for (const [token, grant] of state.tokens) tokens.set(token, grant);
      for (const one of state.revoked) revoked.add(one);
    },
  };
}
