import { endSocketsOf } from '../realtime/connections.ts';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import { needsTotp, type Session } from '../shared/session.ts';
import type { LockedDevice } from './contract.ts';
import { readTicket, refreshCookie, type SessionTicket, sessionCookie } from './cookies.ts';
import { claimsOf, type Granted, grantFor, isSecretOf } from './grant.ts';
import type { IdentityTools } from './identity-tools.ts';
import { isPin } from './pin.ts';
import { signedOut } from './refusals.ts';
import { openUntil, stateOf } from './session-rules.ts';
import { endSession, keepOpen, lockSession, mostPinTries, readPin, readSession, spendPinTry } from './session-store.ts';
import { event } from './sign-in.ts';

type Held = {
  readonly ticket: SessionTicket;
  readonly session: Session;
  readonly actor: Actor;
  readonly state: 'open' | 'locked';
};

/** A fresh access token for an open session; the refresh token changes with it. Throws `pin-needed` or `signed-out`. */
export async function refreshSession(tools: IdentityTools): Promise<Granted> {
  const held = await heldSession(tools);
  if (!held) throw signedOut();
  if (held.state === 'locked') throw await pinNeeded(tools, held);
  return await goOn(tools, held, false);
}

/** The shift PIN opens a locked session. The fifth wrong one ends it: then password and TOTP are asked. */
export async function unlockSession(tools: IdentityTools, pin: string): Promise<Granted> {
  const held = await heldSession(tools);
  if (!held) throw signedOut();
  const { userId, sessionId } = held.ticket;
  const kept = await readPin(tools, userId);
  const left = await spendPinTry(tools, userId, sessionId);
  if (!kept || left === undefined) return await endHere(tools, held);
  if (await isPin(await tools.pool.secret(), pin, kept)) return await goOn(tools, held, true);
  await audit(tools, { ...event(held.actor, 'open the shift'), outcome: 'refused', why: 'wrong PIN' });
  if (left === 0) return await endHere(tools, held);
  throw new Refusal('unauthenticated', 'wrong-pin', 'That PIN is not right.', { extra: { triesLeft: left } });
}

/** Who is trusted on this device, for the greeting above the PIN; undefined when nobody is. */
export async function deviceState(tools: IdentityTools): Promise<LockedDevice | undefined> {
  const held = await heldSession(tools);
  if (!held || !needsTotp(held.actor.roles) || !(await readPin(tools, held.actor.userId))) return undefined;
  return lockedDevice(held);
}

/** Leaves the desk: this device asks for the PIN from now on. Live connections end; those of other devices come back. */
export async function lockDevice(tools: IdentityTools): Promise<void> {
  const held = await heldSession(tools);
  if (!held) return;
  await lockSession(tools, held.ticket.userId, held.ticket.sessionId, tools.now());
  await endSocketsOf(tools, held.ticket.userId);
}

export async function signOut(tools: IdentityTools): Promise<void> {
  const held = await heldSession(tools);
  const refreshToken = tools.request.cookie(refreshCookie);
  if (held) {
    await endSession(tools, held.ticket.userId, held.ticket.sessionId, tools.now());
    await endSocketsOf(tools, held.ticket.userId);
    await audit(tools, event(held.actor, 'sign out'));
    if (refreshToken) await tools.pool.revoke(refreshToken);
  }
}

async function heldSession(tools: IdentityTools): Promise<Held | undefined> {
  const ticket = readTicket(tools.request.cookie(sessionCookie));
  if (!ticket || !tools.request.cookie(refreshCookie)) return undefined;
  const session = await readSession(tools, ticket.userId, ticket.sessionId);
  if (!session || !isSecretOf(session, ticket.secret)) return undefined;
  const actor = await readActor(tools, ticket.userId);
  if (!actor || actor.disabled) return undefined;
  const state = stateOf(session, tools.now(), needsTotp(actor.roles));
  return state === 'ended' ? undefined : { ticket, session, actor, state };
}

async function goOn(tools: IdentityTools, held: Held, unlocked: boolean): Promise<Granted> {
  const { ticket, session, actor } = held;
  const tokens = await tools.pool.refresh(tools.request.cookie(refreshCookie) ?? '');
  // A refresh token from before the last change, or one that was ended: whoever sent it, this session is over.
  if (!tokens || claimsOf(tokens.accessToken).userId !== actor.userId) return await endHere(tools, held);
  const now = tools.now();
  const { family } = claimsOf(tokens.accessToken);
  const kept = await keepOpen(tools, session, { at: now, openUntil: openUntil(now), family, unlocked });
  if (kept === 'conflict') throw signedOut();
  if (unlocked) await audit(tools, event(actor, 'open the shift'));
  return await grantFor(tools, actor, session, ticket, tokens);
}

async function endHere(tools: IdentityTools, held: Held): Promise<never> {
  await endSession(tools, held.ticket.userId, held.ticket.sessionId, tools.now());
  await endSocketsOf(tools, held.ticket.userId);
  throw signedOut();
}

async function pinNeeded(tools: IdentityTools, held: Held): Promise<Refusal> {
  if (!(await readPin(tools, held.actor.userId))) return await endHere(tools, held);
  const { step: _, ...extra } = lockedDevice(held);
  return new Refusal('unauthenticated', 'pin-needed', 'Enter your shift PIN.', { extra });
}

function lockedDevice({ session, actor }: Held): LockedDevice {
  const triesLeft = Math.max(0, mostPinTries - session.pinTries);
  return { step: 'pin', displayName: actor.displayName, triesLeft, trustedUntil: session.endsAt };
}
