import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  judgeToken,
  poolVerifier,
  tokenFromProtocols,
  type VerifyToken,
} from '../../functions/realtime/access-token.ts';
import { anActor, aTools, givenSession } from '../support/tools.ts';
import { accessClaims, clientId, foreignKey, issuer, publishKeys, signed } from './tokens.ts';

let verify: VerifyToken;
let stop: () => void;

beforeAll(async () => {
  const keys = await publishKeys();
  stop = keys.stop;
  verify = poolVerifier(issuer, keys.jwksUri);
});
afterAll(() => stop());

async function judged(token: string | undefined, actor = {}, session = {}) {
  const tools = await aTools();
  await givenSession(tools, anActor({ roles: ['nurse'], ...actor }), session);
  const verdict = await judgeToken(tools, token, verify, clientId);
  return verdict.passes ? 'passes' : verdict.why;
}

describe('the token of a live connection', () => {
  it('passes with an access token of our client', async () => {
    expect(await judged(signed(accessClaims()))).toBe('passes');
  });

  it.each([
    ['an ID token', { token_use: 'id', aud: clientId, client_id: undefined }, 'not-ours'],
    ['another client', { client_id: 'somebody' }, 'not-ours'],
    ['no scope for our routes', { scope: 'openid' }, 'not-ours'],
    ['another pool', { iss: 'https://cognito-idp.ap-south-1.amazonaws.com/ap-south-1_Other' }, 'not-verified'],
    ['an ended token', { exp: Math.floor(Date.now() / 1000) - 5 }, 'not-verified'],
    ['an unknown person', { sub: 'usr_unknown' }, 'signed-out'],
  ])('refuses %s', async (_, claims, why) => {
    expect(await judged(signed(accessClaims(claims)))).toBe(why);
  });

  it('refuses a forged signature and no token at all', async () => {
    expect(await judged(signed(accessClaims(), foreignKey()))).toBe('not-verified');
    expect(await judged(undefined)).toBe('no-token');
  });

  it('refuses after a sign-out everywhere and for a closed account', async () => {
    const later = Math.floor(Date.now() / 1000);
    expect(await judged(signed(accessClaims()), { tokensValidFromEpochSeconds: later })).toBe('signed-out');
    expect(await judged(signed(accessClaims()), { disabled: true })).toBe('signed-out');
  });

  it('refuses the token of a device that was signed out, though it has minutes left', async () => {
    expect(await judged(signed(accessClaims()), {}, { endedAt: new Date().toISOString() })).toBe('signed-out');
    expect(await judged(signed(accessClaims({ origin_jti: 'another' })))).toBe('signed-out');
  });

  it.each([
    ['careconnect.v1, abc.def', 'abc.def'],
    ['careconnect.v1', undefined],
    ['abc.def, careconnect.v1', undefined],
    ['careconnect.v1, a, b', undefined],
    ['', undefined],
  ])('takes the token out of %j', (header, token) => {
    expect(tokenFromProtocols(header)).toBe(token);
  });
});
