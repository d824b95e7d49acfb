import * as z from 'zod/mini';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { weakPassword } from './cognito-answers.ts';
import type { Language } from './contract.ts';
import type { IdentityTools } from './identity-tools.ts';
import { limits, spend } from './limits.ts';
import { stateExpired } from './refusals.ts';
import { pseudonym } from './seal.ts';
import { type Contact, confirmCode, sendCode } from './sent-code.ts';
import { event, poolName, type Stepped } from './sign-in.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';

const Reset = z.object({ userId: z.string(), username: z.string(), tokensValidFrom: z.int() });

/** Sends a code to the verified e-mail or phone of the account, if there is such an account. */
export async function forgotPassword(
  tools: IdentityTools,
  input: { name: string; language?: Language | undefined },
): Promise<Stepped> {
  const name = poolName(input.name);
  const secret = await tools.pool.secret();
  await spend(tools, limits.addressSms, pseudonym(secret, tools.request.source));
  await spend(tools, limits.numberPause, pseudonym(secret, `forgot ${name}`));
  await spend(tools, limits.numberDay, pseudonym(secret, `forgot ${name}`));
  const account = await tools.pool.find(name);
  const open = account?.enabled === true && !account.invited ? account : undefined;
  const contact: Contact | undefined = open?.email
    ? { email: open.email }
    : open?.phone
      ? { phone: open.phone }
      : undefined;
  // Says where by what was typed, not by what the account has.
  const asked = name.includes('@') ? 'email' : 'phone';
  const actor = open && (await readActor(tools, open.userId));
  const language = input.language ?? (actor?.language === 'hi' ? 'hi' : 'en');
  const data = open && actor && { ...open, tokensValidFrom: actor.tokensValidFromEpochSeconds };
  return await sendCode(tools, 'forgot', { contact: actor && contact, asked, language }, data);
}

/** Sets the new password and ends every session; the authenticator is still asked at the next sign-in. */
export async function confirmForgotPassword(
  tools: IdentityTools,
  input: { state: string; code: string; password: string },
): Promise<void> {
  const { userId, username, tokensValidFrom } = await confirmCode(tools, 'forgot', input, Reset);
  const actor = await readActor(tools, userId);
  // The reset before this one ended every session: the same code is not good for another.
  if (actor?.tokensValidFromEpochSeconds !== tokensValidFrom) throw stateExpired();
  if ((await tools.pool.setPassword(username, input.password, false)) === 'too-weak') throw weakPassword();
  await signOutEverywhere(tools, tools.pool, actor.userId, username);
  await audit(tools, event(actor, 'set a new password by code'));
}
