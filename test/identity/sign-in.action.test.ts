import { beforeEach, describe, expect, it, vi } from 'vitest';
import { putAccount } from '../../functions/identity/account-store.ts';
import { sessionCookie } from '../../functions/identity/cookies.ts';
import { forgotPassword } from '../../functions/identity/forgot-password.ts';
import { claimsOf } from '../../functions/identity/grant.ts';
import { changePassword, setPin } from '../../functions/identity/me.ts';
import { confirmPhoneCode, sendPhoneCode } from '../../functions/identity/phone-sign-in.ts';
import { lockDevice, refreshSession, signOut, unlockSession } from '../../functions/identity/sessions.ts';
import {
  confirmTotp,
  confirmTotpSetup,
  type Stepped,
  setNewPassword,
  signIn,
} from '../../functions/identity/sign-in.ts';
import { signOutEverywhere } from '../../functions/identity/sign-out-everywhere.ts';
import { readActor } from '../../functions/shared/access-store.ts';
import { requireOpenSession } from '../../functions/shared/session.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import { anActor, asActor, aTools } from '../support/tools.ts';
import { aBrowser, aWorld, type World } from './support/browser.ts';

/** Hashing a PIN is slow on purpose. */
vi.setConfig({ testTimeout: 20_000 });

let world: World;
beforeEach(async () => {
  world = aWorld(await aTools());
});

async function anAccount(role: Role, more: { email?: string; phone?: string; temporary?: boolean } = {}) {
  const { email, phone, temporary = false } = more;
  const contacts = { ...(email && { email }), ...(phone && { phone }) };
  const wanted = {
    username: `name-${role}`,
    ...contacts,
    language: 'en',
    roles: [role],
    password: 'a long password',
    temporary,
  };
  const pool = await world.pool.create(wanted);
  if (pool === 'taken') throw new Error('taken');
  const { userId, username } = pool;
  const account = {
    userId,
    username,
    name: 'Meera Toppo',
    roles: [role],
    language: 'en',
    state: 'active',
    version: 1,
  } as const;
  await putAccount(world, { ...account, roles: [role] }, anActor({ userId, roles: [role] }));
  return { userId, username };
}

function stateOf({ step }: Stepped): string {
  if (!('state' in step)) throw new Error(`the step is ${step.step}`);
  return step.state;
}

function grantOf({ step }: Stepped) {
  if (step.step !== 'done') throw new Error(`the step is ${step.step}`);
  return step;
}

/** A nurse in the middle of the shift, with PIN, on this browser. */
async function aNurseAtWork() {
  const nurse = await anAccount('nurse', { email: 'meera@example.org' });
  const browser = aBrowser(world);
  const first = await signIn(browser.tools(), { name: 'Meera@Example.org ', password: 'a long password' });
  if (first.step.step !== 'totp-setup') throw new Error(first.step.step);
  const { secret } = first.step;
  const done = await confirmTotpSetup(browser.tools(), { state: first.step.state, code: world.pool.totpOf(secret) });
  browser.keep(done.cookies);
  const actor = anActor({ userId: nurse.userId, roles: ['nurse'] });
  await setPin({ ...asActor(world, actor), pool: world.pool }, { pin: '418263', password: 'a long password' });
  return { ...nurse, browser, secret, actor, grant: grantOf(done) };
}

describe('a nurse signs in', () => {
  it('gets no token before an authenticator is set up', async () => {
    await anAccount('nurse', { email: 'meera@example.org' });
    const answer = await signIn(aBrowser(world).tools(), { name: 'meera@example.org', password: 'a long password' });
    expect(answer.step).toMatchObject({ step: 'totp-setup', uri: expect.stringContaining('otpauth://totp/') });
    expect(answer.step).not.toHaveProperty('accessToken');
    expect(answer.cookies).toEqual([]);
  });

  it('passes TOTP at the next sign-in', async () => {
    const { secret } = await aNurseAtWork();
    const other = aBrowser(world);
    const answer = await signIn(other.tools(), { name: 'meera@example.org', password: 'a long password' });
    expect(answer.step.step).toBe('totp');
    const wrong = confirmTotp(other.tools(), { state: stateOf(answer), code: '000000' });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-code' });
    const done = await confirmTotp(other.tools(), { state: stateOf(answer), code: world.pool.totpOf(secret) });
    expect(grantOf(done).viewer).toMatchObject({ roles: ['nurse'] });
  });

  it('chooses a password and an authenticator when invited', async () => {
    await anAccount('nurse', { email: 'new@example.org', temporary: true });
    const { tools } = aBrowser(world);
    const first = await signIn(tools(), { name: 'new@example.org', password: 'a long password' });
    expect(first.step.step).toBe('new-password');
    const second = await setNewPassword(tools(), { state: stateOf(first), password: 'my own long password' });
    expect(second.step.step).toBe('totp-setup');
  });

  it('cannot use the state of one step for another', async () => {
    await anAccount('nurse', { email: 'new@example.org', temporary: true });
    const { tools } = aBrowser(world);
    const first = await signIn(tools(), { name: 'new@example.org', password: 'a long password' });
    await expect(confirmTotp(tools(), { state: stateOf(first), code: '123456' })).rejects.toMatchObject({
      code: 'state-expired',
    });
  });

  it('starts again when a step took more than ten minutes', async () => {
    const { secret } = await aNurseAtWork();
    const { tools } = aBrowser(world);
    const answer = await signIn(tools(), { name: 'meera@example.org', password: 'a long password' });
    world.advance(601);
    const late = confirmTotp(tools(), { state: stateOf(answer), code: world.pool.totpOf(secret) });
    await expect(late).rejects.toMatchObject({ code: 'state-expired' });
  });

  it('never signs in by phone code, which would lead around the authenticator', async () => {
    await anAccount('nurse', { phone: '+919431180000' });
    const answer = await sendPhoneCode(aBrowser(world).tools(), { phone: '+919431180000' });
    expect(answer.step.step).toBe('code-sent');
    expect(world.letters).toEqual([]);
  });
});

describe('a shift on a trusted device', () => {
  it('goes on by itself while the page is open', async () => {
    const { browser, grant } = await aNurseAtWork();
    world.advance(14 * 60);
    const next = await refreshSession(browser.tools());
    browser.keep(next.cookies);
    expect(next.grant.accessToken).not.toBe(grant.accessToken);
    expect(next.grant).toMatchObject({ pinSet: true, trustedUntil: grant.trustedUntil });
  });

  it('asks for the PIN after half an hour away, and after it was locked', async () => {
    const { browser } = await aNurseAtWork();
    world.advance(31 * 60);
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({
      code: 'pin-needed',
      extra: { displayName: 'Meera Toppo', triesLeft: 5 },
    });
    browser.keep((await unlockSession(browser.tools(), '418263')).cookies);
    browser.keep((await refreshSession(browser.tools())).cookies);
    await lockDevice(browser.tools());
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({ code: 'pin-needed' });
  });

  it('asks for password and TOTP after five wrong PINs, however they come', async () => {
    const { browser } = await aNurseAtWork();
    await lockDevice(browser.tools());
    const tries = Array.from({ length: 7 }, () => unlockSession(browser.tools(), '999999').catch((error) => error));
    const codes = (await Promise.all(tries)).map((error) => error.code);
    expect(codes.filter((code) => code === 'wrong-pin').length).toBeLessThanOrEqual(4);
    await expect(unlockSession(browser.tools(), '418263')).rejects.toMatchObject({ code: 'signed-out' });
  });

  it('ends after twelve hours, PIN or not', async () => {
    const { browser } = await aNurseAtWork();
    world.advance(12 * 3600);
    await expect(unlockSession(browser.tools(), '418263')).rejects.toMatchObject({ code: 'signed-out' });
  });

  it('refuses a PIN that is easy to guess', async () => {
    const { actor } = await aNurseAtWork();
    const easy = setPin({ ...asActor(world, actor), pool: world.pool }, { pin: '123456', password: 'a long password' });
    await expect(easy).rejects.toMatchObject({ code: 'easy-pin' });
  });
});

describe('the refresh cookie', () => {
  it('may be used by two tabs at once, and by nobody half a minute after it was changed', async () => {
    const { browser } = await aNurseAtWork();
    const old = new Map(browser.cookies);
    browser.keep((await refreshSession(browser.tools())).cookies);
    const tab = aBrowser(world);
    for (const [name, value] of old) tab.cookies.set(name, value);
    await expect(refreshSession(tab.tools())).resolves.toMatchObject({ grant: { step: 'done' } });
    world.advance(31);
    await expect(refreshSession(tab.tools())).rejects.toMatchObject({ code: 'signed-out' });
    // A stolen copy was used: the session is over for everybody.
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({ code: 'signed-out' });
  });

  it('is worth nothing without the session cookie that belongs to it', async () => {
    const { browser } = await aNurseAtWork();
    const ticket = browser.cookies.get(sessionCookie) ?? '';
    browser.cookies.set(sessionCookie, `${ticket.slice(0, -4)}AAAA`);
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({ code: 'signed-out' });
  });

  it('is void after sign-out', async () => {
    const { browser } = await aNurseAtWork();
    await signOut(browser.tools());
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({ code: 'signed-out' });
  });

  it.each([
    ['signing out', signOut],
    ['leaving the desk', lockDevice],
  ])('has no open screen after %s', async (_, leave) => {
    const { browser, userId } = await aNurseAtWork();
    await leave(browser.tools());
    expect(world.sent).toContainEqual({ queue: 'live', message: { body: { order: 'end-all-of', userId } } });
  });

  it('is void on every other device once the password is changed', async () => {
    const { browser, secret, actor, grant } = await aNurseAtWork();
    const other = aBrowser(world);
    const first = await signIn(other.tools(), { name: 'meera@example.org', password: 'a long password' });
    other.keep((await confirmTotp(other.tools(), { state: stateOf(first), code: world.pool.totpOf(secret) })).cookies);
    const mine = asActor(world, actor);
    const request = { ...mine.request, tokenFamily: claimsOf(grant.accessToken).family };
    const change = { password: 'a long password', newPassword: 'another long password' };
    await changePassword({ ...mine, request, pool: world.pool }, change);
    await expect(refreshSession(other.tools())).rejects.toMatchObject({ code: 'signed-out' });
    await expect(refreshSession(browser.tools())).resolves.toBeDefined();
  });
});

describe('sign-out everywhere', () => {
  it('ends every session, refuses tokens of this second and closes open screens', async () => {
    const { browser, userId, username, grant } = await aNurseAtWork();
    const { family, issuedAtEpochSeconds } = claimsOf(grant.accessToken);
    const actor = await readActor(world, userId);
    if (!actor) throw new Error('no actor');
    await expect(requireOpenSession(world, actor, family)).resolves.toMatchObject({ userId });
    await signOutEverywhere(world, world.pool, userId, username);
    await expect(refreshSession(browser.tools())).rejects.toMatchObject({ code: 'signed-out' });
    await expect(requireOpenSession(world, actor, family)).rejects.toMatchObject({ reason: 'unauthenticated' });
    const after = await readActor(world, userId);
    expect(after?.tokensValidFromEpochSeconds).toBeGreaterThan(issuedAtEpochSeconds);
    expect(world.sent).toContainEqual({ queue: 'live', message: { body: { order: 'end-all-of', userId } } });
  });
});

describe('who has an account', () => {
  it('cannot be learnt from a password, right name or not', async () => {
    await anAccount('nurse', { email: 'meera@example.org' });
    const { tools } = aBrowser(world);
    const answers = ['meera@example.org', 'nobody@example.org'].map(async (name) => {
      const error = await signIn(tools(), { name, password: 'wrong' }).catch((refusal) => refusal);
      return { code: error.code, message: error.message };
    });
    const [known, unknown] = await Promise.all(answers);
    expect(known).toEqual(unknown);
  });

  it.each(['meera@example.org', 'nobody@example.org'])(
    'is locked alike after five wrong passwords: %s',
    async (name) => {
      await anAccount('nurse', { email: 'meera@example.org' });
      const { tools } = aBrowser(world);
      const codes: string[] = [];
      for (let count = 0; count < 6; count++)
        await signIn(tools(), { name, password: 'wrong' }).catch((error) => codes.push(error.code));
      expect(codes).toEqual([...Array(5).fill('wrong-credentials'), 'too-many-tries']);
      await expect(signIn(tools(), { name, password: 'a long password' })).rejects.toMatchObject({
        reason: 'too-many',
      });
    },
  );

  it('is not locked out by wrong passwords from elsewhere', async () => {
    const nurse = await aNurseAtWork();
    const stranger = aBrowser(world, '203.0.113.9');
    for (let count = 0; count < 6; count++)
      await signIn(stranger.tools(), { name: 'meera@example.org', password: 'wrong' }).catch(() => undefined);
    const own = signIn(nurse.browser.tools(), { name: 'meera@example.org', password: 'a long password' });
    expect((await own).step.step).toBe('totp');
  });

  it('cannot be learnt from the length of an answer', async () => {
    await anAccount('patient', { phone: '+919431180001' });
    const { tools } = aBrowser(world);
    const lengths = new Set<number>();
    for (const phone of ['+919431180001', '+919431189999'])
      lengths.add(stateOf(await sendPhoneCode(tools(), { phone })).length);
    for (const name of ['name-patient', 'nobody']) lengths.add(stateOf(await forgotPassword(tools(), { name })).length);
    expect(lengths.size).toBe(1);
  });

  it('cannot be learnt from a phone number: both get a step, both fail after three codes', async () => {
    await anAccount('patient', { phone: '+919431180001' });
    for (const phone of ['+919431180001', '+919431189999']) {
      const { tools } = aBrowser(world);
      let state = stateOf(await sendPhoneCode(tools(), { phone }));
      const codes: string[] = [];
      for (let count = 0; count < 3; count++) {
        const error = await confirmPhoneCode(tools(), { state, code: '000000' }).catch((refusal) => refusal);
        codes.push(error.code);
        state = error.extra.state ?? state;
      }
      expect(codes).toEqual(['wrong-code', 'wrong-code', 'state-expired']);
    }
  });
});

describe('a patient signs in by phone', () => {
  beforeEach(async () => {
    await anAccount('patient', { phone: '+919431180001' });
  });

  it('with the code of a message that says nothing of health', async () => {
    const { tools } = aBrowser(world);
    const state = stateOf(await sendPhoneCode(tools(), { phone: '+919431180001' }));
    expect(world.letters[0]?.text).not.toMatch(/TB|clinic|medicine|dose|patient/i);
    const code = world.lastCode('+919431180001');
    expect(grantOf(await confirmPhoneCode(tools(), { state, code })).viewer.roles).toEqual(['patient']);
  });

  it('not with a code that is five minutes old', async () => {
    const { tools } = aBrowser(world);
    const state = stateOf(await sendPhoneCode(tools(), { phone: '+919431180001' }));
    world.advance(301);
    const late = confirmPhoneCode(tools(), { state, code: world.lastCode('+919431180001') });
    await expect(late).rejects.toMatchObject({ code: 'wrong-code' });
  });

  it('gets one message in thirty seconds and six a day', async () => {
    const { tools } = aBrowser(world);
    await sendPhoneCode(tools(), { phone: '+919431180001' });
    await expect(sendPhoneCode(tools(), { phone: '+919431180001' })).rejects.toMatchObject({ reason: 'too-many' });
    for (let count = 0; count < 5; count++) {
      world.advance(31);
      await sendPhoneCode(tools(), { phone: '+919431180001' });
    }
    world.advance(31);
    await expect(sendPhoneCode(tools(), { phone: '+919431180001' })).rejects.toMatchObject({ reason: 'too-many' });
    expect(world.letters).toHaveLength(6);
  });
});
