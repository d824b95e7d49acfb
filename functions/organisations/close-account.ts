import { openWorkOf, passOnWork } from '../alerts/pass-on.ts';
import { type Account, disableStaff, type StaffTools, staffAccount } from '../identity/staff.ts';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { about } from './change-organisation.ts';
import { changeTeam, removeMember } from './change-team.ts';
import type { DisableInput } from './contract.ts';
import { readTeam } from './store.ts';
import { isMember, type Team } from './team.ts';

/**
 * Closes the account of somebody who leaves. While they own patients or open alerts, every such team must name who takes
 * over, another of its members; that is done first, and the write that closes the account refuses if a team is still theirs. Safe to repeat.
 */
export async function closeAccount(
  tools: StaffTools & { readonly actor: Actor },
  userId: string,
  input: DisableInput,
): Promise<Account> {
  const leaving = await readActor(tools, userId);
  if (!leaving) throw notFound('staff');
  if (userId === tools.actor.userId) throw new Refusal('conflict', 'own-account', 'Nobody closes their own account.');
  const teams = await teamsOf(tools, leaving);
  const heirs = new Map(input.reassign?.map(({ teamId, toUserId }) => [teamId, toUserId]));
  await checkHeirs(tools, teams, userId, heirs);
  for (const team of teams) await leave(tools, team, userId, heirs.get(team.teamId));
  if ((await disableStaff(tools, userId)) === 'owns-teams') throw ownsPatients(teams.map((team) => team.teamId));
  // Somebody may have been given an alert between the hand-over and the close.
  for (const { teamId, ownerId } of await teamsOf(tools, leaving))
    await passOnWork(tools, { teamId, fromUserId: userId, toUserId: ownerId, by: tools.actor.userId });
  await audit(tools, { ...about(tools.actor, userId, 'close account'), reason: input.reason });
  return await staffAccount(tools, userId);
}

async function checkHeirs(
  tools: StaffTools,
  teams: readonly Team[],
  userId: string,
  heirs: ReadonlyMap<string, string>,
): Promise<void> {
  const unnamed: string[] = [];
  for (const team of teams) {
    const needsHeir = team.ownerId === userId || (await openWorkOf(tools, team.teamId, userId)) > 0;
    const heir = heirs.get(team.teamId);
    if (needsHeir && (heir === undefined || heir === userId)) unnamed.push(team.teamId);
    else if (heir !== undefined && (heir === userId || !isMember(team, heir)))
      throw invalid('/reassign', 'Who takes over is another member of the team.');
  }
  if (unnamed.length > 0) throw ownsPatients(unnamed);
}

async function leave(
  tools: StaffTools & { readonly actor: Actor },
  team: Team,
  userId: string,
  heir: string | undefined,
) {
  const { teamId } = team;
  const toUserId = heir ?? team.ownerId;
  if (team.ownerId === userId) await changeTeam(tools, teamId, { ownerId: toUserId }, team.version);
  await passOnWork(tools, { teamId, fromUserId: userId, toUserId, by: tools.actor.userId });
  await removeMember(tools, teamId, userId);
}

async function teamsOf(tools: StaffTools, leaving: Actor): Promise<Team[]> {
  const ids = [...new Set(leaving.teams.map((each) => each.teamId))];
  const teams = await Promise.all(ids.map((teamId) => readTeam(tools, teamId)));
  return teams.filter((team) => team !== undefined);
}

function ownsPatients(teamIds: readonly string[]): Refusal {
  return new Refusal('conflict', 'owns-patients', 'Name who takes over the patients and open alerts first.', {
    extra: { teamIds },
  });
}
