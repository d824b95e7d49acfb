import { passOnWork } from '../alerts/pass-on.ts';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { isZone, usualCalendar } from './calendar.ts';
import { about } from './change-organisation.ts';
import type { TeamChange, TeamInput, WorkingCalendar } from './contract.ts';
import { letGo } from './let-go.ts';
import { memberFrom, membershipsWrite, membershipsWrites, ownershipWrite } from './membership.ts';
import { newTeamWrites, readOrganisation, readTeam, teamWrite, transact } from './store.ts';
import { isMember, memberOf, type Team } from './team.ts';
import type { Topics } from './topics.ts';

export type TeamTools = Tools & { readonly actor: Actor };

/** A new care team with its owner, members and SNS topic. The same again answers what is there. */
export async function addTeam(
  tools: TeamTools & { readonly topics: Topics },
  facilityId: string,
  input: TeamInput,
): Promise<Team> {
  const facility = await readOrganisation(tools, facilityId);
  if (facility?.level !== 'facility') throw invalid('/organisationId', 'A team belongs to a facility.');
  const known = await readTeam(tools, input.teamId);
  if (known) return sameOrTaken(known, facilityId);
  const supervisor = input.supervisorId ? [input.supervisorId] : [];
  const ids = [...new Set([input.ownerId, ...(input.memberIds ?? []), ...supervisor])];
  const people = await Promise.all(ids.map((userId) => memberFrom(tools, userId, facility)));
  const calendar = input.calendar ?? usualCalendar(facility.zone ?? 'UTC');
  checkCalendar(calendar, ids);
  const team: Team = {
    teamId: input.teamId,
    name: input.name,
    facilityId,
    facilityName: facility.name,
    path: facility.path,
    ownerId: input.ownerId,
    ...(input.supervisorId && { supervisorId: input.supervisorId }),
    members: people.map(({ member }) => member),
    calendar,
    covers: [],
    topicArn: await tools.topics.topicOf(input.teamId),
    ...(facility.phone && { helpPhone: facility.phone }),
    version: 1,
  };
  const stored = await transact(tools, [
    ...newTeamWrites(tools, team),
    ...people.map(({ actor }) => membershipsWrite(tools, actor, team)),
    ownershipWrite(tools, team.ownerId, 1),
  ]);
  if (stored === 'conflict') throw changedMeanwhile();
  await audit(tools, about(tools.actor, team.teamId, 'add team', ids));
  return team;
}

/** Name, calendar, supervisor, owner. A new owner takes over the alerts that the old one owned. */
export async function changeTeam(tools: TeamTools, teamId: string, change: TeamChange, version: number): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  if (team.version !== version) throw new Refusal('stale', 'changed-meanwhile', 'Somebody changed this. Look again.');
  const calendar = change.calendar ?? team.calendar;
  checkCalendar(
    calendar,
    team.members.map((member) => member.userId),
  );
  const { supervisorId: before, ...rest } = team;
  const supervisorId = change.supervisorId === undefined ? before : change.supervisorId;
  const next: Team = {
    ...rest,
    name: change.name ?? team.name,
    calendar,
    ownerId: change.ownerId ?? team.ownerId,
    ...(supervisorId && { supervisorId }),
  };
  if (change.supervisorId && !isMember(team, change.supervisorId))
    throw invalid('/supervisorId', 'The supervisor is a member of the team.');
  await store(tools, next, team.ownerId);
  await audit(tools, about(tools.actor, teamId, 'change team'));
  return { ...next, version: version + 1 };
}

export async function addMember(tools: TeamTools, teamId: string, userId: string): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  if (isMember(team, userId)) return team;
  const { member, actor } = await memberFrom(tools, userId, team);
  const next: Team = { ...team, members: [...team.members, member] };
  const writes = [teamWrite(tools, next), membershipsWrite(tools, actor, next)];
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, about(tools.actor, teamId, 'add member', [userId]));
  return { ...next, version: team.version + 1 };
}

/**
 * The owner cannot leave before the team has another; open alerts of who leaves go to the owner. Covers by them and for
 * them end with it, so that nobody else stands in for who is gone.
 */
export async function removeMember(tools: TeamTools, teamId: string, userId: string): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  if (team.ownerId === userId)
    throw new Refusal('conflict', 'owns-patients', 'Give the team another owner first.', {
      extra: { teamIds: [teamId] },
    });
  const standIns = team.covers.filter((cover) => cover.forUserId === userId).map((cover) => cover.by.userId);
  const leaving = [userId, ...standIns];
  const next = (await isOf(tools, team, userId)) ? await without(tools, team, leaving) : team;
  await passOnWork(tools, { teamId, fromUserId: userId, toUserId: next.ownerId, by: tools.actor.userId });
  await letGo(tools, teamId, leaving);
  return next;
}

/** By what the team says, or by what the decision point was told of the person. */
async function isOf(tools: TeamTools, team: Team, userId: string): Promise<boolean> {
  if (memberOf(team, userId)) return true;
  return (await readActor(tools, userId))?.teams.some(({ teamId }) => teamId === team.teamId) ?? false;
}

/** Stores a team without the first of these; the others stood in for them. */
async function without(tools: TeamTools, team: Team, [userId = '', ...standIns]: readonly string[]): Promise<Team> {
  const next = withoutPerson(team, userId);
  const writes = [teamWrite(tools, next), ...(await membershipsWrites(tools, [userId, ...standIns], next))];
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, about(tools.actor, team.teamId, 'remove member', [userId]));
  return { ...next, version: team.version + 1 };
}

async function store(tools: TeamTools, next: Team, ownerBefore: string): Promise<void> {
  const writes = [teamWrite(tools, next)];
  const { teamId, ownerId } = next;
  if (ownerId !== ownerBefore) {
    if (!isMember(next, ownerId)) throw invalid('/ownerId', 'The owner is a member of the team.');
    const { actor } = await memberFrom(tools, ownerId, next);
    writes.push(membershipsWrite(tools, actor, next));
    writes.push(ownershipWrite(tools, ownerBefore, -1), ownershipWrite(tools, ownerId, 1));
  }
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  if (ownerId !== ownerBefore)
    await passOnWork(tools, { teamId, fromUserId: ownerBefore, toUserId: ownerId, by: tools.actor.userId });
}

/** The team without somebody who leaves: not on call, not supervising, not covering or covered. */
function withoutPerson(team: Team, userId: string): Team {
  const { supervisorId, ...rest } = team;
  return {
    ...rest,
    ...(supervisorId !== undefined && supervisorId !== userId && { supervisorId }),
    members: team.members.filter((member) => member.userId !== userId),
    covers: team.covers.filter((cover) => cover.by.userId !== userId && cover.forUserId !== userId),
    calendar: { ...team.calendar, onCall: team.calendar.onCall.filter((id) => id !== userId) },
  };
}

export async function knownTeam(tools: Tools, teamId: string): Promise<Team> {
  const team = await readTeam(tools, teamId);
  if (!team) throw notFound('team');
  return team;
}

function sameOrTaken(known: Team, facilityId: string): Team {
  if (known.facilityId === facilityId) return known;
  throw new Refusal('conflict', 'taken', 'This id belongs to another team.');
}

function checkCalendar(calendar: WorkingCalendar, memberIds: readonly string[]): void {
  if (!isZone(calendar.zone)) throw invalid('/calendar/zone', 'There is no such time zone.');
  if (calendar.hours.some((hours) => hours.to <= hours.from))
    throw invalid('/calendar/hours', 'Working hours end after they begin, on the same day.');
  if (calendar.onCall.some((userId) => !memberIds.includes(userId)))
    throw invalid('/calendar/onCall', 'Who is on call is a member of the team.');
}

export function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'changed-meanwhile', 'Somebody else changed this at the same moment. Try again.');
}
