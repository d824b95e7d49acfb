import * as z from 'zod/mini';
import { invalid, Refusal } from '../shared/refusal.ts';
import { isActivation } from './activation.ts';
import type { ConfirmRegistrationInput, RegisterInput } from './contract.ts';
import { Language } from './contract.ts';
import type { IdentityTools } from './identity-tools.ts';
import { limits, spend } from './limits.ts';
import { readMedicalCode } from './medical-code.ts';
import { openAccount, signInFresh } from './open-account.ts';
import { linkAccount, readPatientIdByCode, readProfile } from './patient-store.ts';
import { pseudonym } from './seal.ts';
import { type Contact, confirmCode, sendCode, spendSending } from './sent-code.ts';
import type { Stepped } from './sign-in.ts';

const Registration = z.object({
  patientId: z.string(),
  phone: z.optional(z.string()),
  email: z.optional(z.string()),
  language: Language,
});

/**
 * A patient makes an account later. Whoever registers must hold the phone or e-mail that the clinic knows, or have the
 * activation from its staff; and must read the code that we send. The answer never says which of it did not fit.
 */
export async function register(tools: IdentityTools, input: z.infer<typeof RegisterInput>): Promise<Stepped> {
  const contact = contactOf(input);
  const secret = await tools.pool.secret();
  const card = readMedicalCode(input.card);
  await spend(tools, limits.password, pseudonym(secret, `register ${card ?? input.card}`));
  await spendSending(tools, contact);
  const patient = card === undefined ? undefined : await entitled(tools, card, contact, input.activation);
  const language = input.language ?? patient?.language ?? 'en';
  const asked = 'phone' in contact ? 'phone' : 'email';
  const data = patient && { patientId: patient.patientId, language, ...contact };
  return await sendCode(tools, 'register', { contact: patient && contact, asked, language }, data);
}

export async function confirmRegistration(
  tools: IdentityTools,
  input: z.infer<typeof ConfirmRegistrationInput>,
): Promise<Stepped> {
  const wanted = await confirmCode(tools, 'register', input, Registration);
  const profile = await readProfile(tools, wanted.patientId);
  if (!profile) throw new Refusal('conflict', 'account-taken', 'This account exists already. Sign in.');
  if (wanted.phone === undefined && input.password === undefined)
    throw invalid('/password', 'Choose a password: codes come by SMS only.');
  const opened = await openAccount(tools, {
    username: profile.code.toLowerCase(),
    name: profile.name,
    language: wanted.language,
    role: 'patient',
    patientId: profile.patientId,
    password: input.password,
    ...(wanted.phone && { phone: wanted.phone }),
    ...(wanted.email && { email: wanted.email }),
  });
  if ((await linkAccount(tools, profile, opened.pool.userId)) === 'conflict')
    throw new Refusal('conflict', 'account-taken', 'This account exists already. Sign in.');
  return await signInFresh(tools, opened, input.device);
}

async function entitled(tools: IdentityTools, card: string, contact: Contact, activation: string | undefined) {
  const patientId = await readPatientIdByCode(tools, card);
  const profile = patientId === undefined ? undefined : await readProfile(tools, patientId);
  if (!profile || profile.userId !== undefined || profile.diedOn !== undefined) return undefined;
  const known = 'phone' in contact ? profile.reach.phone === contact.phone : profile.email === contact.email;
  if (known && !('phone' in contact && profile.reach.use !== 'own')) return profile;
  const active = activation !== undefined && (await isActivation(tools, profile.patientId, activation));
  return active ? profile : undefined;
}

function contactOf(input: z.infer<typeof RegisterInput>): Contact {
  if (input.phone !== undefined) return { phone: input.phone };
  if (input.email !== undefined) return { email: input.email.toLowerCase() };
  throw invalid('/phone', 'Give a phone number or an e-mail address.');
}
