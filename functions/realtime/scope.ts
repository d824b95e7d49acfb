import type { AccessCard, Actor } from '../shared/access.ts';
import type { ItemChange } from '../shared/events.ts';
import { Changed } from './contract.ts';

/** A group of sockets: everybody of a team, or one person on all devices. `TEAM#…` or `USER#…`. */
export type Scope = string;

export const teamScope = (teamId: string): Scope => `TEAM#${teamId}`;
export const userScope = (userId: string): Scope => `USER#${userId}`;

/** Which groups a socket belongs to: the person's own and each team while the membership or cover lasts. */
export function scopesOf(actor: Actor, now: string): Scope[] {
  const teams = actor.teams.filter(
    ({ from, to }) => (from === undefined || from <= now) && (to === undefined || now < to),
  );
  return [userScope(actor.userId), ...teams.map(({ teamId }) => teamScope(teamId))];
}

/** Whose change this is, by the item's partition. */
export type Subject =
  | { readonly of: 'patient' | 'box'; readonly id: string }
  | { readonly of: 'team'; readonly id: string; readonly patientId?: string }
  | { readonly of: 'recipient'; readonly id: string };

export function subjectOf(change: ItemChange): Subject | undefined {
  const [prefix, id] = split(change.pk);
  if (id === '') return undefined;
  if (prefix === 'PAT') return { of: 'patient', id };
  if (prefix === 'BOX') return { of: 'box', id };
  if (prefix === 'MSG') return { of: 'recipient', id };
  if (prefix !== 'TEAM') return undefined;
  const [row, patientId] = split(change.sk);
  return row === 'CASE' ? { of: 'team', id, patientId } : { of: 'team', id };
}

/** What a patient and a supporter hear of: their doses and what is said to them, never the clinic's work about them. */
const heardByPatients: readonly string[] = ['day', 'plan', 'away', 'message', 'enrolment'];

/** Who may hear of a change in a patient's or box's partition: the care team, the patient, the supporters of now. */
export function listeners(card: AccessCard, change: ItemChange): Scope[] {
  const team = card.teamId === undefined ? [] : [teamScope(card.teamId)];
  if (!heardByPatients.includes(change.kind)) return team;
  const people = [...(card.userId === undefined ? [] : [card.userId]), ...Object.keys(card.supporters ?? {})];
  return [...team, ...people.map(userScope)];
}

/** The message for the screens: what kind of thing changed and its id. Never what it says. */
export function changedMessage(change: ItemChange, subject: Subject, teamId: string | undefined): Changed | undefined {
  const kind = Changed.shape.kind.safeParse(change.kind);
  if (!kind.success) return undefined;
  const patientId = subject.of === 'patient' ? subject.id : subject.of === 'team' ? subject.patientId : undefined;
  const [, ownId] = split(change.sk);
  const team = subject.of === 'team' ? subject.id : teamId;
  return {
    type: 'changed',
    kind: kind.data,
    id: subject.of === 'box' ? subject.id : ownId || change.sk,
    ...(patientId !== undefined && { patientId }),
    ...(team !== undefined && { teamId: team }),
    at: change.at,
  };
}

function split(key: string): readonly [string, string] {
  const hash = key.indexOf('#');
  return hash < 0 ? [key, ''] : [key.slice(0, hash), key.slice(hash + 1)];
}
