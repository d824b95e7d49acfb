import { staffAccount } from '../identity/staff.ts';
import { type Actor, staffRoles } from '../shared/access.ts';
import { actorKey, readActor } from '../shared/access-store.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { Write } from './store.ts';
import type { Member, Team } from './team.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;
type Membership = Actor['teams'][number];

/**
 * A person as a team knows them. Refuses who has no open staff account, who could not open its patients' records, and
 * who belongs elsewhere: an account stands at the team's facility, below it, or above it on the way to the country.
 */
export async function memberFrom(
  tools: Table,
  userId: string,
  of: Pick<Team, 'path'>,
): Promise<{ member: Member; actor: Actor }> {
  const actor = await readActor(tools, userId);
  if (!actor || actor.disabled) throw new Refusal('conflict', 'no-such-staff', 'This person has no open account.');
  if (!actor.roles.some((role) => staffRoles.includes(role)))
    throw new Refusal('conflict', 'not-care-staff', 'A care team has health workers, nurses and doctors.');
  const account = await staffAccount(tools, userId);
  if (!onOneLine(account.path ?? [], of.path))
    throw new Refusal('conflict', 'not-of-this-facility', 'This person works for another facility.');
  const { displayName: name, roles, language } = actor;
  const member = { userId, name, roles, language, ...(account.phone && { phone: account.phone }) };
  return { member, actor };
}

/** One of two paths down from a country leads through the end of the other. */
function onOneLine(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length);
  return shared > 0 && one.slice(0, shared).join() === other.slice(0, shared).join();
}

/** Access pattern 128: what the decision point reads of a person's teams, if it is still what was read. */
export function membershipsWrite(tools: Table, actor: Actor, teams: readonly Membership[]): Write {
  return {
    Update: {
      TableName: tools.tableName,
      Key: actorKey(actor.userId),
      UpdateExpression: 'SET teams = :teams',
      ConditionExpression: 'teams = :before AND disabled = :no',
      ExpressionAttributeValues: { ':teams': teams, ':before': actor.teams, ':no': false },
    },
  };
}

/** Access pattern 129: how many teams a person owns; an account that owns one cannot be closed. */
export function ownershipWrite(tools: Table, userId: string, change: 1 | -1): Write {
  return {
    Update: {
      TableName: tools.tableName,
      Key: { pk: `USER#${userId}`, sk: 'OWNERSHIP' },
      UpdateExpression: 'ADD ownedTeams :change SET #kind = :kind, v = :v',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: { ':change': change, ':kind': 'ownership', ':v': 1 },
    },
  };
}

export const standing = (teamId: string): Membership => ({ teamId });

export function withTeam(actor: Actor, membership: Membership): Membership[] {
  const others = actor.teams.filter((each) => !isSame(each, membership));
  return [...others, membership];
}

function isSame(a: Membership, b: Membership): boolean {
  return a.teamId === b.teamId && a.from === b.from && a.to === b.to;
}
