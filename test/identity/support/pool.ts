import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { answerChallenge, type ChallengeEvent } from '../../../functions/identity/on-user-pool.ts';
import type { Post } from '../../../functions/identity/post.ts';
import type { PoolAccount, PoolAnswer, Tokens, UserPool } from '../../../functions/identity/user-pool.ts';

type User = PoolAccount & { password: string; temporary: boolean; totp?: string; language: string };
type Login = { userId: string; family: string; revoked: boolean };
type Challenge = { userId: string; kind: 'totp' | 'new-password' | 'code'; attempts: Attempts };
type Attempts = { challengeName: 'CUSTOM_CHALLENGE'; challengeResult: boolean; challengeMetadata: string }[];

export type PoolInMemory = UserPool & {
  /** The six digits that the person's authenticator shows. */
  totpOf(secret: string): string;
  groups: Map<string, Set<string>>;
};

/**
 * What Cognito does for us, in memory: password and temporary password, TOTP, our own challenge by its triggers, refresh
 * tokens that rotate with a grace of 30 seconds.
 */
export function aPool(clock: { now(): string }, post: Post): PoolInMemory {
  const users = new Map<string, User>();
  const logins = new Map<string, Login & { replacedAt?: number }>();
  const challenges = new Map<string, Challenge>();
  const groups = new Map<string, Set<string>>();
  const seconds = () => Math.floor(Date.parse(clock.now()) / 1000);
  const find = (name: string) =>
    [...users.values()].find((user) => [user.username, user.email, user.phone, user.userId].includes(name));
  const totpOf = (secret: string) =>
    String(
      createHmac('sha1', secret)
        .update(String(Math.floor(seconds() / 30)))
        .digest()
        .readUInt32BE(0) % 1_000_000,
    ).padStart(6, '0');

  function tokens(userId: string, family: string): Tokens {
    const refreshToken = randomBytes(24).toString('base64url');
    logins.set(refreshToken, { userId, family, revoked: false });
    const claims = { sub: userId, iat: seconds(), origin_jti: family, jti: randomUUID() };
    const accessToken = `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
    return { accessToken, refreshToken, expiresInSeconds: 900 };
  }
  const signedIn = (userId: string): PoolAnswer => ({ kind: 'tokens', tokens: tokens(userId, randomUUID()) });
  function challenge(user: User, kind: Challenge['kind'], attempts: Attempts = []): PoolAnswer {
    const session = randomBytes(24).toString('base64url');
    challenges.set(session, { userId: user.userId, kind, attempts });
    return { kind, session, username: user.username };
  }
  const afterPassword = (user: User) => (user.totp ? challenge(user, 'totp') : signedIn(user.userId));

  async function trigger(user: User, part: 'Define' | 'Create' | 'Verify', attempts: Attempts, answer?: string) {
    const event = {
      triggerSource:
        part === 'Verify' ? 'VerifyAuthChallengeResponse_Authentication' : `${part}AuthChallenge_Authentication`,
      request: {
        userAttributes: { phone_number: user.phone ?? '', locale: user.language },
        session: attempts,
        challengeName: 'CUSTOM_CHALLENGE',
        challengeAnswer: answer,
        privateChallengeParameters: { kept: attempts.at(-1)?.challengeMetadata ?? '' },
      },
      response: {},
    } as unknown as ChallengeEvent;
    return await answerChallenge(event, {
      post,
      now: () => Date.parse(clock.now()),
      log: () => undefined,
      unsent: () => undefined,
    });
  }
  async function ask(user: User, attempts: Attempts): Promise<PoolAnswer> {
    const defined = await trigger(user, 'Define', attempts);
    if ('issueTokens' in defined.response && defined.response.issueTokens) return signedIn(user.userId);
    if ('failAuthentication' in defined.response && defined.response.failAuthentication) return wrong;
    const created = await trigger(user, 'Create', attempts);
    const metadata = 'challengeMetadata' in created.response ? created.response.challengeMetadata : '';
    return challenge(user, 'code', [
      ...attempts,
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: metadata },
    ]);
  }

  return {
    groups,
    totpOf,
    secret: async () => 'a client secret',
    signIn: async (name, password) => {
      const user = find(name);
      if (!user?.enabled || user.password !== password) return wrong;
      return user.temporary ? challenge(user, 'new-password') : afterPassword(user);
    },
    startCode: async (name) => {
      const user = find(name);
      return user?.enabled ? await ask(user, []) : wrong;
    },
    answer: async (kind, step, value) => {
      const open = challenges.get(step.session);
      const user = open && users.get(open.userId);
      if (!user || open.kind !== kind) return { kind: 'refused', why: 'over' };
      if (kind === 'totp') return value === totpOf(user.totp ?? '') ? signedIn(user.userId) : wrong;
      challenges.delete(step.session);
      if (kind === 'new-password') {
        users.set(user.userId, { ...user, password: value, temporary: false, invited: false });
        return afterPassword({ ...user });
      }
      const verified = await trigger(user, 'Verify', open.attempts, value);
      const right = 'answerCorrect' in verified.response && verified.response.answerCorrect === true;
      const last = open.attempts.at(-1);
      return await ask(user, last ? [...open.attempts.slice(0, -1), { ...last, challengeResult: right }] : []);
    },
    beginTotp: async (accessToken) => {
      const user = users.get(subOf(accessToken));
      const secret = randomBytes(10).toString('hex').toUpperCase();
      if (user) users.set(user.userId, { ...user, totp: secret });
      return secret;
    },
    finishTotp: async (accessToken, code) =>
      code === totpOf(users.get(subOf(accessToken))?.totp ?? '') ? 'right' : 'wrong',
    preferTotp: async () => undefined,
    refresh: async (refreshToken) => {
      const login = logins.get(refreshToken);
      if (!login || login.revoked) return undefined;
      if (login.replacedAt !== undefined && seconds() - login.replacedAt > 30) return undefined;
      login.replacedAt ??= seconds();
      return tokens(login.userId, login.family);
    },
    revoke: async (refreshToken) => {
      const family = logins.get(refreshToken)?.family;
      for (const login of logins.values()) if (login.family === family) login.revoked = true;
    },
    find: async (name) => find(name),
    create: async (account) => {
      const names = [account.username, account.email, account.phone].filter((name) => name !== undefined);
      if (names.some((name) => find(name))) return 'taken';
      const { username, email, phone, language, password, temporary } = account;
      const contacts = { ...(email && { email }), ...(phone && { phone }) };
      const user = {
        userId: randomUUID(),
        username,
        ...contacts,
        enabled: true,
        invited: temporary,
        language,
        password,
        temporary,
      };
      users.set(user.userId, user);
      groups.set(username, new Set(account.roles));
      return user;
    },
    setPassword: async (username, password, temporary) => {
      const user = find(username);
      if (user) users.set(user.userId, { ...user, password, temporary, invited: temporary });
      return 'set';
    },
    setEnabled: async (username, enabled) => {
      const user = find(username);
      if (user) users.set(user.userId, { ...user, enabled });
    },
    setRole: async (username, role, holds) => {
      const held = groups.get(username) ?? new Set();
      if (holds) held.add(role);
      else held.delete(role);
      groups.set(username, held);
    },
    signOutEverywhere: async (username) => {
      const user = find(username);
      for (const login of logins.values()) if (login.userId === user?.userId) login.revoked = true;
    },
  };
}

const wrong: PoolAnswer = { kind: 'refused', why: 'wrong' };

function subOf(accessToken: string): string {
  const claims: { sub: string } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
  return claims.sub;
}
