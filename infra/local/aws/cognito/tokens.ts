import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import { attributesToRecord } from 'cognito-local/lib/services/userPoolService.js';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { LocalSecrets } from '../local-secrets.ts';
import type { AwsOptions } from '../types.ts';
import type { Client, User } from './directory.ts';
import type { Triggers } from './triggers.ts';

export type AccessClaims = {
  sub: string;
  username: string;
  client_id: string;
  origin_jti: string;
  exp: number;
  iat: number;
};
export type Grant = {
  originJti: string;
  authTime: number;
  source: TokenSource;
  clientMetadata?: Record<string, string> | undefined;
};
export type TokenSource = 'Authentication' | 'NewPasswordChallenge' | 'RefreshTokens';
type Claims = Record<string, unknown>;

export type Tokens = {
  issue(
    client: Client,
    user: User,
    groups: readonly string[],
    grant: Grant,
  ): Promise<{ AccessToken: string; IdToken: string; ExpiresIn: number; TokenType: 'Bearer' }>;
  /** Claims of an access token of ours that has not expired. */
  readAccess(token: string): AccessClaims;
  jwks(): { keys: object[] };
  issuer(poolId: string): string;
};

const accessClaims = z.looseObject({
  sub: z.string(),
  username: z.string(),
  client_id: z.string(),
  origin_jti: z.string(),
  exp: z.number(),
  iat: z.number(),
  token_use: z.literal('access'),
});

/** Signs and reads tokens as Cognito makes them, with a key that stays in `dataDir`, by the moved clock. */
export function tokenMint(options: AwsOptions, secrets: LocalSecrets, triggers: Triggers): Tokens {
  const pem = secrets.get(
    'user-pool-signing-key',
    () =>
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey,
  );
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const kid = secrets.get('user-pool-signing-kid', () => randomUUID());
  const issuer = (poolId: string) => `https://cognito-idp.${options.region}.amazonaws.com/${poolId}`;
  const jwt = (claims: Claims) => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ kid, alg: 'RS256' })}.${encode(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };
  return {
    issuer,
    jwks: () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] }),
    async issue(client, user, groups, grant) {
      const iat = Math.floor(options.now() / 1000);
      const attributes = attributesToRecord(user.Attributes);
      const common = {
        sub: attributes.sub,
        ...(groups.length ? { 'cognito:groups': groups } : {}),
        iss: issuer(client.pool.definition.id),
        origin_jti: grant.originJti,
        event_id: randomUUID(),
        auth_time: grant.authTime,
        iat,
      };
      const { accessTokenSeconds, idTokenSeconds, id } = client.definition;
      const access = {
        ...common,
        client_id: id,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: user.Username,
      };
      const identity = {
        ...common,
        ...identityClaims(attributes),
        aud: id,
        token_use: 'id',
        'cognito:username': user.Username,
      };
      const shaped = await triggers.shapeTokens(client, user, groups, grant, access, identity);
      return {
        AccessToken: jwt({ ...shaped.access, jti: randomUUID(), exp: iat + accessTokenSeconds }),
        IdToken: jwt({ ...shaped.identity, jti: randomUUID(), exp: iat + idTokenSeconds }),
        ExpiresIn: accessTokenSeconds,
        TokenType: 'Bearer',
      };
    },
    readAccess(token) {
      const [header = '', payload = '', signature = ''] = token.split('.');
      const signed = Buffer.from(`${header}.${payload}`);
      if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url')))
        throw new AwsError('NotAuthorizedException', 'Invalid Access Token');
      const claims = z.safeParse(accessClaims, JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!claims.success) throw new AwsError('NotAuthorizedException', 'Invalid Access Token');
      if (claims.data.exp * 1000 <= options.now())
        throw new AwsError('NotAuthorizedException', 'Access Token has expired');
      return claims.data;
    },
  };
}

function identityClaims(attributes: Record<string, string>): Claims {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, name.endsWith('_verified') ? value === 'true' : value]),
  );
}
