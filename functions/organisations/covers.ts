import { audit } from '../shared/audit.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import { addSeconds, secondsBetween } from '../shared/time.ts';
import { about } from './change-organisation.ts';
import { changedMeanwhile, knownTeam, type TeamTools } from './change-team.ts';
import type { CoverInput } from './contract.ts';
import { letGo } from './let-go.ts';
import { mayManage } from './may-manage.ts';
import { memberFrom, membershipsWrite, membershipsWrites } from './membership.ts';
import { teamWrite, transact } from './store.ts';
import { type Cover, isMember, type Team } from './team.ts';

/** So many that run or are to come; those that are over are kept beside them for a while, for who asks who it was. */
const mostCovers = 40;
const day = 86_400;
/** Whoever is away for longer is replaced: as a member, as the owner. A day more for a change of clocks. */
const longest = 93 * day;
const farthest = 366 * day;

/**
 * From–to, somebody stands in for a member: alerts and deliveries of that time go to them, and they may open the team's
 * records for that time and no longer. The same id again changes nothing. Members and administrators arrange it; who only
 * stands in could make their own access last.
 */
export async function addCover(tools: TeamTools, teamId: string, input: CoverInput): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  refuseStandIn(tools, team);
  if (team.covers.some((cover) => cover.coverId === input.coverId)) return team;
  const { coverId, forUserId, byUserId, from, to } = input;
  if (!isMember(team, forUserId)) throw invalid('/forUserId', 'Who is covered belongs to the team.');
  if (byUserId === forUserId) throw invalid('/byUserId', 'Nobody covers for themselves.');
  checkTimes(input, tools.now());
  const { member, actor } = await memberFrom(tools, byUserId, team);
  const next: Team = { ...team, covers: withCover(team, { coverId, forUserId, by: member, from, to }, tools.now()) };
  const writes = [teamWrite(tools, next), membershipsWrite(tools, actor, next)];
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, { ...about(tools.actor, teamId, 'arrange cover', [forUserId, byUserId]), why: 'care team' });
  return { ...next, version: team.version + 1 };
}

/** Ends a cover now, or takes it back before it began. */
export async function endCover(tools: TeamTools, teamId: string, coverId: string): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  refuseStandIn(tools, team);
  const cover = team.covers.find((each) => each.coverId === coverId);
  if (!cover) return team;
  const next = tools.now() < cover.to ? await without(tools, team, cover) : team;
  await letGo(tools, teamId, [cover.by.userId]);
  return next;
}

async function without(tools: TeamTools, team: Team, cover: Cover): Promise<Team> {
  const { teamId } = team;
  const now = tools.now();
  const ended = cover.from < now ? [{ ...cover, to: now }] : [];
  const next: Team = { ...team, covers: [...team.covers.filter((each) => each !== cover), ...ended] };
  const writes = [teamWrite(tools, next), ...(await membershipsWrites(tools, [cover.by.userId], next))];
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, { ...about(tools.actor, teamId, 'end cover', [cover.forUserId]), why: 'care team' });
  return { ...next, version: team.version + 1 };
}

function refuseStandIn(tools: TeamTools, team: Team): void {
  if (!isMember(team, tools.actor.userId) && !mayManage(tools, team))
    throw new Refusal('forbidden', 'only-stands-in', 'Cover is arranged by members of the team.');
}

function checkTimes({ from, to }: CoverInput, now: string): void {
  if (to <= from || to <= now) throw invalid('/to', 'A cover ends after it begins, and not in the past.');
  if (secondsBetween(from, to) > longest) throw invalid('/to', 'A cover lasts for three months at most.');
  if (from > addSeconds(now, farthest)) throw invalid('/from', 'A cover begins within a year.');
}

function withCover({ covers }: Team, cover: Cover, now: string): Cover[] {
  const live = covers.filter((each) => now < each.to);
  if (live.length >= mostCovers) throw new Refusal('conflict', 'too-many-covers', 'End another cover first.');
  const over = covers.filter((each) => each.to <= now && !isLongOver(each, now));
  return [...over.slice(-mostCovers), ...live, cover];
}

function isLongOver(cover: Cover, now: string): boolean {
  return Date.parse(cover.to) < Date.parse(now) - 90 * day * 1000;
}
