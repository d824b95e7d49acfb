import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { invalid } from '../shared/refusal.ts';
import { about } from './change-organisation.ts';
import { changedMeanwhile, knownTeam, type TeamTools } from './change-team.ts';
import type { CoverInput } from './contract.ts';
import { memberFrom, membershipsWrite, withTeam } from './membership.ts';
import { teamWrite, transact } from './store.ts';
import { type Cover, isMember, type Team } from './team.ts';

/** Covers are kept for a while after their end, for who asks who it was. */
const mostCovers = 40;

/**
 * From–to, somebody stands in for a member: alerts and deliveries of that time go to them, and they may open the team's
 * records for that time and no longer. The same id again changes nothing.
 */
export async function addCover(tools: TeamTools, teamId: string, input: CoverInput): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  if (team.covers.some((cover) => cover.coverId === input.coverId)) return team;
  const { coverId, forUserId, byUserId, from, to } = input;
  if (!isMember(team, forUserId)) throw invalid('/forUserId', 'Who is covered belongs to the team.');
  if (byUserId === forUserId) throw invalid('/byUserId', 'Nobody covers for themselves.');
  if (to <= from || to <= tools.now()) throw invalid('/to', 'A cover ends after it begins, and not in the past.');
  const { member, actor } = await memberFrom(tools, byUserId, team);
  const cover: Cover = { coverId, forUserId, by: member, from, to };
  const covers = [...team.covers.filter((each) => !isLongOver(each, tools.now())), cover].slice(-mostCovers);
  const writes = [teamWrite(tools, { ...team, covers })];
  if (!isMember(team, byUserId)) writes.push(membershipsWrite(tools, actor, withTeam(actor, { teamId, from, to })));
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, { ...about(tools.actor, teamId, 'arrange cover', [forUserId, byUserId]), why: 'care team' });
  return { ...team, covers, version: team.version + 1 };
}

/** Ends a cover now, or takes it back before it began. */
export async function endCover(tools: TeamTools, teamId: string, coverId: string): Promise<Team> {
  const team = await knownTeam(tools, teamId);
  const cover = team.covers.find((each) => each.coverId === coverId);
  const now = tools.now();
  if (!cover || cover.to <= now) return team;
  const ended = cover.from < now ? [{ ...cover, to: now }] : [];
  const covers = [...team.covers.filter((each) => each !== cover), ...ended];
  const writes = [teamWrite(tools, { ...team, covers })];
  const by = await readActor(tools, cover.by.userId);
  if (by && !by.disabled) {
    const kept = by.teams.filter(
      (each) => !(each.teamId === teamId && each.from === cover.from && each.to === cover.to),
    );
    if (kept.length < by.teams.length) writes.push(membershipsWrite(tools, by, kept));
  }
  if ((await transact(tools, writes)) === 'conflict') throw changedMeanwhile();
  await audit(tools, { ...about(tools.actor, teamId, 'end cover', [cover.forUserId]), why: 'care team' });
  return { ...team, covers, version: team.version + 1 };
}

function isLongOver(cover: Cover, now: string): boolean {
  return Date.parse(cover.to) < Date.parse(now) - 90 * 86_400_000;
}
