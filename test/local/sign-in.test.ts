import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cognitoUserPool } from '../../functions/identity/cognito.ts';
import { claimsOf } from '../../functions/identity/grant.ts';
import { answerChallenge, type ChallengeEvent } from '../../functions/identity/on-user-pool.ts';
import type { PoolAnswer, UserPool } from '../../functions/identity/user-pool.ts';
import { accountId, type Cloud, region, startCloud } from './aws/cloud.ts';

const poolId = `${region}_Local1`;
const sent: { phone: string; text: string }[] = [];
let cloud: Cloud;
let pool: UserPool;

beforeAll(async () => {
  const post = {
    sms: async (phone: string, text: string) => void sent.push({ phone, text }),
    email: async () => undefined,
  };
  const client = {
    id: 'backend',
    generateSecret: true,
    explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'],
    ...{ accessTokenSeconds: 900, idTokenSeconds: 900, refreshTokenSeconds: 30 * 86_400 },
    preventUserExistenceErrors: true,
    rotation: { retryGraceSeconds: 30 },
  };
  const triggers = { DefineAuthChallenge: 'own', CreateAuthChallenge: 'own', VerifyAuthChallengeResponse: 'own' };
  const definition = {
    id: poolId,
    arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`,
    clients: [client],
    groups: ['patient', 'nurse'],
    triggers,
    mfa: 'OPTIONAL' as const,
    aliasAttributes: ['email', 'phone_number'],
    passwordPolicy: { MinimumLength: 12 },
  };
  const now = () => cloud.clock.now;
  cloud = await startCloud(
    {
      invoke: async (_, event) => ({
        payload: await answerChallenge(event as ChallengeEvent, {
          post,
          now,
          log: () => undefined,
          unsent: () => undefined,
        }),
      }),
    },
    { userPools: [definition] },
  );
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.operator.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: cloud.operator.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloud.operator.credentials.secretAccessKey,
    USER_POOL_ID: poolId,
    USER_POOL_CLIENT_ID: 'backend',
  });
  pool = cognitoUserPool();
});
afterAll(async () => await cloud.stop());

const password = 'a long enough phrase';
const tokensOf = (answer: PoolAnswer) => {
  if (answer.kind !== 'tokens') throw new Error(`the pool answered ${answer.kind}`);
  return answer.tokens;
};
const stepOf = (answer: PoolAnswer) => {
  if (answer.kind === 'tokens' || answer.kind === 'refused') throw new Error(`the pool answered ${answer.kind}`);
  return answer;
};

describe('our user pool is Cognito', () => {
  it('takes an invited nurse through new password, authenticator and TOTP', async () => {
    const wanted = { username: 'staff-1', email: 'meera@example.org', language: 'en', roles: ['nurse' as const] };
    const made = await pool.create({ ...wanted, password: 'a first code', temporary: true });
    expect(made).toMatchObject({ username: 'staff-1', email: 'meera@example.org', invited: true });
    expect(await pool.create({ ...wanted, username: 'staff-2', password: 'a first code', temporary: true })).toBe(
      'taken',
    );
    const first = stepOf(await pool.signIn('meera@example.org', 'a first code'));
    expect(first.kind).toBe('new-password');
    const tokens = tokensOf(await pool.answer('new-password', first, password));
    const secret = await pool.beginTotp(tokens.accessToken);
    const totp = () => generateSync({ secret, epoch: cloud.clock.now / 1000 });
    expect(await pool.finishTotp(tokens.accessToken, '000000')).toBe('wrong');
    expect(await pool.finishTotp(tokens.accessToken, totp())).toBe('right');
    await pool.preferTotp('staff-1');
    cloud.advance(30_000);
    const second = stepOf(await pool.signIn('meera@example.org', password));
    expect(second.kind).toBe('totp');
    expect((await pool.answer('totp', second, '000000')).kind).toBe('refused');
    const again = tokensOf(await pool.answer('totp', stepOf(await pool.signIn('meera@example.org', password)), totp()));
    expect(claimsOf(again.accessToken).userId).toBe(made === 'taken' ? '' : made.userId);
  });

  it('sends one code by SMS, takes it at the second try and turns refresh tokens', async () => {
    const phone = '+919431180000';
    const patient = { username: 'gum-0388-2', phone, language: 'hi', roles: ['patient' as const], password };
    await pool.create({ ...patient, temporary: false });
    const asked = stepOf(await pool.startCode(phone));
    const again = stepOf(await pool.answer('code', asked, '000000'));
    expect(sent).toHaveLength(1);
    const code = /\d{6}/.exec(sent[0]?.text ?? '')?.[0] ?? '';
    const { accessToken, refreshToken } = tokensOf(await pool.answer('code', again, code));
    const next = await pool.refresh(refreshToken);
    expect(next?.refreshToken).not.toBe(refreshToken);
    expect(claimsOf(next?.accessToken ?? '').family).toBe(claimsOf(accessToken).family);
    expect(await pool.refresh(refreshToken)).toBeDefined();
    cloud.advance(31_000);
    expect(await pool.refresh(refreshToken)).toBeUndefined();
    await pool.signOutEverywhere('gum-0388-2');
    expect(await pool.refresh(next?.refreshToken ?? '')).toBeUndefined();
  });

  it('says the same of an unknown account, a wrong password and a closed account', async () => {
    await pool.setEnabled('gum-0388-2', false);
    for (const name of ['nobody@example.org', 'meera@example.org', 'gum-0388-2'])
      expect(await pool.signIn(name, name === 'gum-0388-2' ? password : 'wrong')).toEqual({
        kind: 'refused',
        why: 'wrong',
      });
    expect(await pool.find('nobody@example.org')).toBeUndefined();
  });
});
