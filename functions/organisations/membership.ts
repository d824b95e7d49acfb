import { staffAccount } from '../identity/staff.ts';
import { type Actor, staffRoles } from '../shared/access.ts';
import { actorKey, readActor } from '../shared/access-store.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { Write } from './store.ts';
import type { Member } from './team.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;
type Membership = Actor['teams'][number];

/** A person as a team knows them. Refuses who has no open staff account, and who could not open its patients' records. */
export async function memberFrom(tools: Table, userId: string): Promise<{ member: Member; actor: Actor }> {
  const actor = await readActor(tools, userId);
  if (!actor || actor.disabled) throw new Refusal('conflict', 'no-such-staff', 'This person has no open account.');
  if (!actor.roles.some((role) => staffRoles.includes(role)))
    throw new Refusal('conflict', 'not-care-staff', 'A care team has health workers, nurses and doctors.');
  const account = await staffAccount(tools, userId);
  const { displayName: name, roles, language } = actor;
  const member = { userId, name, roles, language, ...(account.phone && { phone: account.phone }) };
  return { member, actor };
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

/** The account is open: checked in the write that gives it a team. */
export function openAccountCheck(tools: Table, userId: string): Write {
  return {
    ConditionCheck: {
      TableName: tools.tableName,
      Key: actorKey(userId),
      ConditionExpression: 'attribute_exists(pk) AND disabled = :no',
      ExpressionAttributeValues: { ':no': false },
    },
  };
}

export const standing = (teamId: string): Membership => ({ teamId });

export function withTeam(actor: Actor, membership: Membership): Membership[] {
  const others = actor.teams.filter((each) => !isSame(each, membership));
  return [...others, membership];
}

export function withoutTeam(actor: Actor, membership: Membership): Membership[] {
  return actor.teams.filter((each) => !isSame(each, membership));
}

function isSame(a: Membership, b: Membership): boolean {
  return a.teamId === b.teamId && a.from === b.from && a.to === b.to;
}
