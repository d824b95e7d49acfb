import * as z from 'zod/mini';
import { Role } from './shapes.ts';
import type { Instant } from './time.ts';

export const staffRoles: readonly Role[] = ['health-worker', 'nurse', 'doctor'];

/** What a supporter sees: today and the calendar always, the rest only when the patient turned it on. */
const SupporterSees = z.object({
  medicines: z.boolean(),
  diagnosis: z.boolean(),
  history: z.boolean(),
  /** The patient's number, to call with one tap. */
  phone: z.optional(z.boolean()),
});
export type SupporterSees = z.infer<typeof SupporterSees>;

/** Who is asking. Read anew for each request, so that a removal or a sign-out everywhere holds at once. */
export const Actor = z.object({
  userId: z.string(),
  roles: z.array(Role),
  displayName: z.string(),
  language: z.string(),
  /** The patient whose own account this is. */
  patientId: z.optional(z.string()),
  /** Team membership; `from` and `to` bound a cover, both UTC. */
  teams: z.array(z.object({ teamId: z.string(), from: z.optional(z.string()), to: z.optional(z.string()) })),
  /** The organisations (country, region, facility …) that this person administers, with all below them. */
  organisationIds: z.array(z.string()),
  disabled: z.boolean(),
  /** A token issued before this second is refused: sign-out everywhere. */
  tokensValidFromEpochSeconds: z.number(),
});
export type Actor = z.infer<typeof Actor>;

/** Whose a thing is: a patient, a team, an organisation or a box. One shape, so that one rule decides. */
export const AccessCard = z.object({
  /** Organisation ids from the country down to the facility. */
  path: z.array(z.string()),
  teamId: z.optional(z.string()),
  /** The person's own account, for a patient who has one. */
  userId: z.optional(z.string()),
  supporters: z.optional(z.record(z.string(), SupporterSees)),
});
export type AccessCard = z.infer<typeof AccessCard>;

/**
 * What the caller wants of the thing:
 * today (doses of today and the calendar, no medicine names) · call (the patient's number, for who helps) · medicines · diagnosis · history · record (all of it) ·
 * tell (record one's own doses, away, cannot take) · own (what only the person decides: supporters, consent, who saw) ·
 * care (what staff do: evidence, outcomes, notes, enrol, boxes) · prescribe · work (a team's lists) · manage (administer).
 */
export type Need =
  | 'today'
  | 'call'
  | 'medicines'
  | 'diagnosis'
  | 'history'
  | 'record'
  | 'tell'
  | 'own'
  | 'care'
  | 'prescribe'
  | 'work'
  | 'manage';

export type Decision =
  | { readonly allowed: true; readonly why: 'own record' | 'supporter' | 'care team' | 'cover' | 'administrator' }
  | {
      readonly allowed: false;
      readonly why: 'disabled' | 'no relation' | 'not in this role' | 'not granted by the patient';
    };

const ownNeeds: readonly Need[] = ['today', 'medicines', 'diagnosis', 'history', 'record', 'tell', 'own'];
const careNeeds: readonly Need[] = ['today', 'medicines', 'diagnosis', 'history', 'record', 'tell', 'care', 'work'];

/** The one decision: may this actor do this with this thing, and why. Deny by default; pure. */
export function decide(actor: Actor, card: AccessCard, need: Need, now: Instant): Decision {
  if (actor.disabled) return { allowed: false, why: 'disabled' };
  if (card.userId !== undefined && card.userId === actor.userId && ownNeeds.includes(need))
    return { allowed: true, why: 'own record' };
  const team = teamAccess(actor, card, now);
  if (team && careRolesFor(need).some((role) => actor.roles.includes(role))) return { allowed: true, why: team };
  if (need === 'manage' && administers(actor, card)) return { allowed: true, why: 'administrator' };
  const sees = card.supporters?.[actor.userId];
  if (sees)
    return supporterMay(sees, need)
      ? { allowed: true, why: 'supporter' }
      : { allowed: false, why: 'not granted by the patient' };
  return { allowed: false, why: team ? 'not in this role' : 'no relation' };
}

function careRolesFor(need: Need): readonly Role[] {
  if (need === 'prescribe') return ['doctor'];
  return careNeeds.includes(need) ? staffRoles : [];
}

function teamAccess(actor: Actor, card: AccessCard, now: Instant): 'care team' | 'cover' | undefined {
  for (const team of actor.teams) {
    if (team.teamId !== card.teamId) continue;
    if ((team.from === undefined || team.from <= now) && (team.to === undefined || now < team.to)) {
      return team.to === undefined ? 'care team' : 'cover';
    }
  }
  return undefined;
}

function administers(actor: Actor, card: AccessCard): boolean {
  return actor.roles.includes('organisation-admin') && card.path.some((id) => actor.organisationIds.includes(id));
}

function supporterMay(sees: SupporterSees, need: Need): boolean {
  if (need === 'today' || need === 'tell') return true;
  if (need === 'call') return sees.phone === true;
  return (need === 'medicines' || need === 'diagnosis' || need === 'history') && sees[need];
}
