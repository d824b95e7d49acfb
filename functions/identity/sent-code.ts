import * as z from 'zod/mini';
import { metric } from '../shared/metrics.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Language } from './contract.ts';
import { handToCarrier } from './even-time.ts';
import type { IdentityTools } from './identity-tools.ts';
import { limits, spend } from './limits.ts';
import { codeSeconds, isCode, newCode } from './phone-challenge.ts';
import { spendSms } from './phone-sign-in.ts';
import { wrongCode } from './refusals.ts';
import { pseudonym } from './seal.ts';
import { opened, type Stepped, sealed } from './sign-in.ts';
import { wordsIn } from './words.ts';

export type Contact = { readonly phone: string } | { readonly email: string };
const Kept = z.object({ salt: z.string(), hash: z.string(), until: z.number() });
const SentCode = z.object({ kept: Kept, data: z.unknown() });

/**
 * Sends a code to a contact and answers with the sealed state that its confirmation needs. Without a contact nothing is
 * sent and no code will ever fit: the answer is the same, so that nobody learns what exists.
 */
export async function sendCode(
  tools: IdentityTools,
  purpose: string,
  to: { contact: Contact | undefined; asked: 'phone' | 'email'; language: Language },
  data: unknown,
): Promise<Stepped> {
  const { code, kept } = newCode(epochMilliseconds(tools.now()));
  const minutes = codeSeconds / 60;
  if (to.contact) await post(tools, to.contact, to.language, code);
  const state = await sealed(tools, purpose, { kept, data: to.contact ? data : null });
  return { step: { step: 'code-sent', state, sentTo: to.asked, validMinutes: minutes }, cookies: [] };
}

async function post(tools: IdentityTools, contact: Contact, language: Language, code: string): Promise<void> {
  const words = wordsIn(language);
  const text = words.code(code, codeSeconds / 60);
  const send = async () =>
    'phone' in contact
      ? await tools.post.sms(contact.phone, text, `code.${language}`)
      : await tools.post.email(contact.email, words.codeSubject, text);
  await handToCarrier(send, (error) => {
    tools.log.fault('code not sent', error);
    tools.metric(metric.unsentCodes, 1, 'Count');
  });
}

/** Limits of sending, spent before it is known whether there is anybody to send to. */
export async function spendSending(tools: IdentityTools, asked: Contact): Promise<void> {
  if ('phone' in asked) return await spendSms(tools, asked.phone);
  const secret = await tools.pool.secret();
  await spend(tools, limits.addressSms, pseudonym(secret, tools.request.source));
  await spend(tools, limits.numberPause, pseudonym(secret, asked.email));
  await spend(tools, limits.numberDay, pseudonym(secret, asked.email));
}

/** What was kept beside a code that fits. Three tries; a code that nobody was sent never fits. */
export async function confirmCode<T extends z.ZodMiniType>(
  tools: IdentityTools,
  purpose: string,
  input: { state: string; code: string },
  shape: T,
): Promise<z.output<T>> {
  const sent = await opened(tools, purpose, input.state, SentCode);
  await spend(tools, limits.code, pseudonym(await tools.pool.secret(), sent.kept.hash));
  const data = z.safeParse(shape, sent.data);
  if (!isCode(sent.kept, input.code, epochMilliseconds(tools.now())) || !data.success) throw wrongCode();
  return data.data;
}
