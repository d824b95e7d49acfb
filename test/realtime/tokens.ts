import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const issuer = 'https://cognito-idp.ap-south-1.amazonaws.com/ap-south-1_TestPool1';
export const clientId = 'the-client';

/** Serves the pool's published keys as Cognito does. */
export async function publishKeys(): Promise<{ jwksUri: string; stop: () => void }> {
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };
  const server = createServer((_, answer) => answer.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { jwksUri: `http://127.0.0.1:${address.port}/jwks.json`, stop: () => server.close() };
}

export type Claims = Record<string, unknown>;

export function accessClaims(overrides: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: 'usr_nurse',
    iss: issuer,
    token_use: 'access',
    client_id: clientId,
    scope: 'aws.cognito.signin.user.admin',
    origin_jti: 'usr_nurse',
    iat: now - 60,
    exp: now + 840,
    ...overrides,
  };
}

export function signed(claims: Claims, key = privateKey): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(claims)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`;
}

export function foreignKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}
