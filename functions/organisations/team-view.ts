import { isWorking } from './calendar.ts';
import type { CoverView, MemberView, TeamView } from './contract.ts';
import { type Member, memberOf, onCallNow, ownerNow, type Team } from './team.ts';

/** A team as its members and administrators see it at this instant. */
export function teamView(team: Team, now: string): TeamView {
  const nameOf = (userId: string) => memberOf(team, userId)?.name ?? '';
  const covers: CoverView[] = team.covers
    .filter((cover) => now < cover.to)
    .map(({ coverId, forUserId, by, from, to }) => ({
      coverId,
      forUserId,
      forName: nameOf(forUserId),
      byUserId: by.userId,
      byName: by.name,
      from,
      to,
    }));
  const { supervisorId, helpPhone } = team;
  return {
    teamId: team.teamId,
    name: team.name,
    facilityId: team.facilityId,
    facilityName: team.facilityName,
    zone: team.calendar.zone,
    ownerId: team.ownerId,
    ...(supervisorId !== undefined && { supervisorId }),
    members: team.members.map(memberView),
    calendar: team.calendar,
    covers,
    topic: team.topicArn === undefined ? 'none' : 'ready',
    ownerNow: actingNow(team, now, nameOf),
    working: isWorking(team.calendar, now),
    ...(helpPhone !== undefined && { helpPhone }),
    version: team.version,
  };
}

function actingNow(team: Team, now: string, nameOf: (userId: string) => string): TeamView['ownerNow'] {
  const onCall = onCallNow(team, now);
  if (onCall !== undefined) return { userId: onCall, name: nameOf(onCall), why: 'on-call' };
  const { userId, why } = ownerNow(team, now);
  return { userId, name: nameOf(userId), why };
}

function memberView({ userId, name, roles, phone }: Member): MemberView {
  return { userId, name, roles, ...(phone !== undefined && { phone }) };
}
