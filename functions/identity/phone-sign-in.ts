import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { needsTotp } from '../shared/session.ts';
import { actorBehind, openSession } from './grant.ts';
import type { IdentityTools } from './identity-tools.ts';
import { isUnused, limits, spend } from './limits.ts';
import { codeSeconds } from './phone-challenge.ts';
import { stateExpired, wrongCode, wrongCredentials } from './refusals.ts';
import { pseudonym } from './seal.ts';
import { event, opened, type Stepped, sealed } from './sign-in.ts';

/** `decoy`: nobody signs in with this number, but the answer must not tell. */
const PhoneStep = z.object({
  decoy: z.boolean(),
  username: z.string(),
  session: z.string(),
  tries: z.int(),
  device: z.optional(z.string()),
});

/** Sends a code by SMS to a number by which a patient or supporter signs in. Answers the same for every number. */
export async function sendPhoneCode(
  tools: IdentityTools,
  input: { phone: string; device?: string | undefined },
): Promise<Stepped> {
  await spendSms(tools, input.phone);
  const account = await tools.pool.find(input.phone);
  const actor = account?.phone === input.phone ? await readActor(tools, account.userId) : undefined;
  // A code by SMS would lead staff around the authenticator.
  const answer =
    actor && !actor.disabled && !needsTotp(actor.roles) ? await tools.pool.startCode(input.phone) : undefined;
  const started = answer?.kind === 'code' ? answer : undefined;
  const state = await sealed(tools, 'phone', {
    decoy: started === undefined,
    username: started?.username ?? '',
    session: started?.session ?? randomBytes(700).toString('base64url'),
    tries: 0,
    device: input.device,
  });
  return { step: { step: 'code-sent', state, sentTo: 'phone', validMinutes: codeSeconds / 60 }, cookies: [] };
}

/** A wrong code may be answered again with the new state that the problem carries. */
export async function confirmPhoneCode(tools: IdentityTools, input: { state: string; code: string }): Promise<Stepped> {
  const state = await opened(tools, 'phone', input.state, PhoneStep);
  await spend(tools, limits.address, pseudonym(await tools.pool.secret(), tools.request.source));
  if (state.decoy) throw await decoyAnswer(tools, state);
  const answer = await tools.pool.answer('code', state, input.code);
  if (answer.kind === 'code') throw wrongCode(await sealed(tools, 'phone', { ...state, session: answer.session }));
  if (answer.kind !== 'tokens') throw stateExpired();
  const actor = await actorBehind(tools, answer.tokens);
  if (!actor || needsTotp(actor.roles)) {
    await tools.pool.revoke(answer.tokens.refreshToken);
    throw wrongCredentials();
  }
  const { grant, cookies } = await openSession(tools, actor, {
    tokens: answer.tokens,
    device: state.device,
    totpPassed: false,
  });
  await audit(tools, event(actor, 'sign in by phone'));
  return { step: grant, cookies };
}

/** Behaves as the pool would: each state is good once, the third wrong answer is the last. */
async function decoyAnswer(tools: IdentityTools, state: z.infer<typeof PhoneStep>) {
  const isFirstUse = await isUnused(tools, pseudonym(await tools.pool.secret(), state.session));
  if (!isFirstUse || state.tries >= 2) return stateExpired();
  const session = randomBytes(700).toString('base64url');
  return wrongCode(await sealed(tools, 'phone', { ...state, session, tries: state.tries + 1 }));
}

/** Counts a message before it leaves: SMS pumping costs money and frightens whoever owns the number. */
export async function spendSms(tools: IdentityTools, phone: string): Promise<void> {
  const secret = await tools.pool.secret();
  const number = pseudonym(secret, phone);
  await spend(tools, limits.addressSms, pseudonym(secret, tools.request.source));
  await spend(tools, limits.numberPause, number);
  await spend(tools, limits.numberDay, number);
  await spend(tools, limits.allSms, 'all');
}
