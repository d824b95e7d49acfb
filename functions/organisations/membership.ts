import { staffAccount } from '../identity/staff.ts';
import { type Actor, staffRoles } from '../shared/access.ts';
import { actorKey, readActor } from '../shared/access-store.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Entry } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { isMember, type Member, type Team } from './team.ts';

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

/**
 * Access pattern 128: makes what the decision point reads of a person say what this team says of them, if it still is what
 * was read. So a cover or a membership that is not in the team gives nothing.
 */
export function membershipsWrite(tools: Table & Pick<Tools, 'now'>, actor: Actor, team: Team): Entry {
  const now = tools.now();
  const others = actor.teams.filter(({ teamId, to }) => teamId !== team.teamId && (to === undefined || now < to));
  return {
    Update: {
      TableName: tools.tableName,
      Key: actorKey(actor.userId),
      UpdateExpression: 'SET teams = :teams',
      ConditionExpression: 'teams = :before AND disabled = :no',
      ExpressionAttributeValues: {
        ':teams': [...others, ...membershipsIn(team, actor.userId, now)],
        ':before': actor.teams,
        ':no': false,
      },
    },
  };
}

/** The same for whoever of these has an open account; a closed one has no memberships left. */
export async function membershipsWrites(
  tools: Table & Pick<Tools, 'now'>,
  userIds: readonly string[],
  team: Team,
): Promise<Entry[]> {
  const actors = await Promise.all([...new Set(userIds)].map((userId) => readActor(tools, userId)));
  return actors.flatMap((actor) => (actor && !actor.disabled ? [membershipsWrite(tools, actor, team)] : []));
}

/** For good as a member; else from–to for each cover that is not over. */
function membershipsIn(team: Team, userId: string, now: string): Membership[] {
  const { teamId } = team;
  if (isMember(team, userId)) return [{ teamId }];
  return team.covers
    .filter((cover) => cover.by.userId === userId && now < cover.to)
    .map(({ from, to }) => ({ teamId, from, to }));
}

/** Access pattern 129: how many teams a person owns; an account that owns one cannot be closed. */
export function ownershipWrite(tools: Table, userId: string, change: 1 | -1): Entry {
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
