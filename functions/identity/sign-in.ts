import * as z from 'zod/mini';
import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { needsTotp } from '../shared/session.ts';
import { addSeconds } from '../shared/time.ts';
import { readAccount } from './account-store.ts';
import type { SignInStep } from './contract.ts';
import { actorBehind, openSession } from './grant.ts';
import type { IdentityTools } from './identity-tools.ts';
import { forgive, limits, spend } from './limits.ts';
import { readMedicalCode } from './medical-code.ts';
import { stateExpired, wrongCode, wrongCredentials } from './refusals.ts';
import { pseudonym, seal, unseal } from './seal.ts';
import { markActive } from './staff.ts';
import type { PoolAnswer, Tokens } from './user-pool.ts';

export type Stepped = { readonly step: SignInStep; readonly cookies: readonly string[] };

const stateSeconds = 600;
const PoolStep = z.object({ username: z.string(), session: z.string(), device: z.optional(z.string()) });
const TotpSetup = z.object({
  username: z.string(),
  device: z.optional(z.string()),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string(), expiresInSeconds: z.number() }),
});

/** First step, for staff by e-mail, for patients by the code on their card. */
export async function signIn(
  tools: IdentityTools,
  input: { name: string; password: string; device?: string | undefined },
): Promise<Stepped> {
  const name = poolName(input.name);
  const secret = await tools.pool.secret();
  // Tries are counted where they come from: a stranger elsewhere cannot keep a nurse out with five wrong words.
  const who = pseudonym(secret, `${name} from ${tools.request.source}`);
  await spend(tools, limits.address, pseudonym(secret, tools.request.source));
  await spend(tools, limits.password, who);
  await spend(tools, limits.passwordAnywhere, pseudonym(secret, name));
  const answer = await tools.pool.signIn(name, input.password);
  if (answer.kind === 'refused') throw wrongCredentials();
  await forgive(tools, limits.password, who);
  return await goOn(tools, answer, input.device);
}

/** Answers with the code of the authenticator app. */
export async function confirmTotp(tools: IdentityTools, input: { state: string; code: string }): Promise<Stepped> {
  const state = await opened(tools, 'totp', input.state, PoolStep);
  const who = pseudonym(await tools.pool.secret(), state.username);
  await spend(tools, limits.totp, who);
  const answer = await tools.pool.answer('totp', state, input.code);
  if (answer.kind === 'refused') throw answer.why === 'over' ? stateExpired() : wrongCode();
  if (answer.kind !== 'tokens') throw stateExpired();
  await forgive(tools, limits.totp, who);
  const actor = await knownActor(tools, answer.tokens);
  return await done(tools, actor, answer.tokens, state.device, true);
}

/** The first code of a new authenticator. Only now are the tokens handed out that the password had earned. */
export async function confirmTotpSetup(tools: IdentityTools, input: { state: string; code: string }): Promise<Stepped> {
  const state = await opened(tools, 'totp-setup', input.state, TotpSetup);
  await spend(tools, limits.totp, pseudonym(await tools.pool.secret(), state.username));
  if ((await tools.pool.finishTotp(state.tokens.accessToken, input.code)) === 'wrong') throw wrongCode();
  const actor = await knownActor(tools, state.tokens);
  await tools.pool.preferTotp(state.username);
  await markActive(tools, actor.userId);
  await audit(tools, event(actor, 'set up an authenticator'));
  return await done(tools, actor, state.tokens, state.device, true);
}

/** An invited person chooses a password of their own. */
export async function setNewPassword(tools: IdentityTools, input: { state: string; password: string }) {
  const state = await opened(tools, 'new-password', input.state, PoolStep);
  const answer = await tools.pool.answer('new-password', state, input.password);
  if (answer.kind === 'refused') throw stateExpired();
  return await goOn(tools, answer, state.device);
}

async function goOn(
  tools: IdentityTools,
  answer: Exclude<PoolAnswer, { kind: 'refused' }>,
  device: string | undefined,
): Promise<Stepped> {
  if (answer.kind === 'tokens') return await afterPassword(tools, answer.tokens, device);
  if (answer.kind === 'code') throw new Error('the user pool answered a password with a code challenge');
  const { username, session } = answer;
  const state = await sealed(tools, answer.kind, { username, session, device });
  return { step: { step: answer.kind, state }, cookies: [] };
}

/** The password was right. Staff get nothing yet: without an authenticator they set one up first. */
async function afterPassword(tools: IdentityTools, tokens: Tokens, device: string | undefined): Promise<Stepped> {
  const actor = await knownActor(tools, tokens);
  if (!needsTotp(actor.roles)) return await done(tools, actor, tokens, device, false);
  const account = await readAccount(tools, actor.userId);
  if (!account) throw wrongCredentials();
  const secret = await tools.pool.beginTotp(tokens.accessToken);
  const label = encodeURIComponent(`CareConnect:${account.email ?? actor.displayName}`);
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=CareConnect`;
  const state = await sealed(tools, 'totp-setup', { username: account.username, device, tokens });
  return { step: { step: 'totp-setup', state, secret, uri }, cookies: [] };
}

async function done(
  tools: IdentityTools,
  actor: Actor,
  tokens: Tokens,
  device: string | undefined,
  totpPassed: boolean,
) {
  const { grant, cookies } = await openSession(tools, actor, { tokens, device, totpPassed });
  await audit(tools, event(actor, 'sign in'));
  return { step: grant, cookies };
}

async function knownActor(tools: IdentityTools, tokens: Tokens): Promise<Actor> {
  const actor = await actorBehind(tools, tokens);
  if (actor) return actor;
  await tools.pool.revoke(tokens.refreshToken);
  throw wrongCredentials();
}

export async function sealed(tools: IdentityTools, purpose: string, data: unknown): Promise<string> {
  return seal(await tools.pool.secret(), purpose, addSeconds(tools.now(), stateSeconds), data);
}

export async function opened<T extends z.ZodMiniType>(
  tools: IdentityTools,
  purpose: string,
  state: string,
  shape: T,
): Promise<z.output<T>> {
  const data = unseal(await tools.pool.secret(), purpose, tools.now(), state, shape);
  if (data === undefined) throw stateExpired();
  return data;
}

export function event(actor: Actor, action: string) {
  const role = actor.roles[0];
  return {
    subjectId: actor.userId,
    actorId: actor.userId,
    ...(role && { actorRole: role }),
    action,
    outcome: 'allowed',
    why: 'own account',
  } as const;
}

/** What was typed as the pool knows it: a card's code in the one spelling, an e-mail in lower case. */
export function poolName(typed: string): string {
  return (readMedicalCode(typed) ?? typed).trim().toLowerCase();
}
