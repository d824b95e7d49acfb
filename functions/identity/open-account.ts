import { randomBytes } from 'node:crypto';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Role } from '../shared/shapes.ts';
import { type Account, putAccount } from './account-store.ts';
import type { Language } from './contract.ts';
import { openSession } from './grant.ts';
import type { IdentityTools } from './identity-tools.ts';
import { event, type Stepped } from './sign-in.ts';
import type { PoolAccount } from './user-pool.ts';

export type Opening = {
  readonly username: string;
  readonly name: string;
  readonly language: Language;
  readonly role: Extract<Role, 'patient' | 'supporter'>;
  readonly email?: string;
  readonly phone?: string;
  /** Without one the account signs in by phone code. */
  readonly password?: string | undefined;
  readonly patientId?: string;
};

export type Opened = { readonly pool: PoolAccount; readonly actor: Actor; readonly password: string };

/** Makes an account of a patient or supporter and what the decision point reads about it. Tried again, it finds its own. */
export async function openAccount(tools: IdentityTools, opening: Opening): Promise<Opened> {
  const password = opening.password ?? randomBytes(30).toString('base64url');
  const pool = await createOrFind(tools, opening, password);
  const known = await readActor(tools, pool.userId);
  const actor: Actor = known ?? {
    userId: pool.userId,
    roles: [opening.role],
    displayName: opening.name,
    language: opening.language,
    ...(opening.patientId !== undefined && { patientId: opening.patientId }),
    teams: [],
    organisationIds: [],
    disabled: false,
    tokensValidFromEpochSeconds: 0,
  };
  if (!known) {
    await putAccount(tools, accountOf(pool, opening), actor);
    await audit(tools, event(actor, 'make an account'));
  }
  return { pool, actor, password };
}

/** Signs the new account in on this device, with the password that was just set. */
export async function signInFresh(tools: IdentityTools, opened: Opened, device: string | undefined): Promise<Stepped> {
  const answer = await tools.pool.signIn(opened.pool.username, opened.password);
  if (answer.kind !== 'tokens') throw new Error('a new account could not sign in');
  const given = { tokens: answer.tokens, device, totpPassed: false };
  const { grant, cookies } = await openSession(tools, opened.actor, given);
  return { step: grant, cookies };
}

async function createOrFind(tools: IdentityTools, opening: Opening, password: string): Promise<PoolAccount> {
  const { username, language, role } = opening;
  const contacts = { ...(opening.email && { email: opening.email }), ...(opening.phone && { phone: opening.phone }) };
  const fresh = { username, language, roles: [role], password, temporary: false };
  const made = await tools.pool.create({ ...fresh, ...contacts });
  if (made !== 'taken') return made;
  const own = await tools.pool.find(username);
  if (own) {
    await tools.pool.setPassword(own.username, password, false);
    return own;
  }
  // The number or address belongs to another account, as on a shared phone: then only card and password sign in.
  if (opening.password === undefined)
    throw new Refusal('conflict', 'password-needed', 'This number is used by somebody else too. Choose a password.');
  const alone = await tools.pool.create(fresh);
  if (alone === 'taken') throw new Refusal('conflict', 'account-taken', 'This account exists already. Sign in.');
  return alone;
}

function accountOf(pool: PoolAccount, opening: Opening): Account {
  return {
    userId: pool.userId,
    username: pool.username,
    name: opening.name,
    roles: [opening.role],
    language: opening.language,
    ...(pool.email && { email: pool.email }),
    ...(pool.phone && { phone: pool.phone }),
    state: 'active',
    version: 1,
  };
}
