import { type Account, inviteStaff, type StaffTools, staffAccount, staffBelow } from '../identity/staff.ts';
import { type Actor, staffRoles } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { about } from './change-organisation.ts';
import { addMember } from './change-team.ts';
import type { InviteInput, StaffView } from './contract.ts';
import type { Organisation } from './organisation.ts';
import { readOrganisation, readTeam, readTeamsBelow } from './store.ts';
import type { Team } from './team.ts';

/** Invites a member of staff to an organisation and puts them into its teams. */
export async function inviteTo(
  tools: StaffTools & { readonly actor: Actor },
  organisationId: string,
  input: InviteInput,
): Promise<StaffView> {
  const organisation = await knownOrganisation(tools, organisationId);
  const teams = await Promise.all((input.teamIds ?? []).map((teamId) => readTeam(tools, teamId)));
  if (teams.some((team) => !team?.path.includes(organisationId)))
    throw invalid('/teamIds', 'A team is not of this organisation.');
  if (teams.length > 0 && !input.roles.some((role) => staffRoles.includes(role)))
    throw invalid('/teamIds', 'A care team has health workers, nurses and doctors.');
  const { email, name, roles, phone } = input;
  const language = input.language ?? 'en';
  const account = await inviteStaff(tools, { email, name, roles, phone, language, organisation });
  for (const teamId of input.teamIds ?? []) await addMember(tools, teamId, account.userId);
  await audit(tools, about(tools.actor, organisationId, 'invite staff', [account.userId]));
  return await staffView(tools, account);
}

/** One page of the staff of an organisation and below. */
export async function listStaff(tools: Tools, organisationId: string, cursor: string | undefined) {
  const { path } = await knownOrganisation(tools, organisationId);
  const [page, teams] = await Promise.all([staffBelow(tools, path, cursor), readTeamsBelow(tools, path.slice(0, 1))]);
  const staff = page.items.map((account) => viewOf(account, teams, tools.now()));
  return { staff, ...(page.next !== undefined && { next: page.next }) };
}

/** A member of staff of this organisation or below; anybody else is not found. */
export async function staffOf(tools: Tools, organisationId: string, userId: string): Promise<Account> {
  const account = await staffAccount(tools, userId);
  if (!account.path?.includes(organisationId)) throw notFound('staff');
  return account;
}

export async function staffView(tools: Tools, account: Account): Promise<StaffView> {
  const teams = account.path ? await readTeamsBelow(tools, account.path.slice(0, 1)) : [];
  return viewOf(account, teams, tools.now());
}

/** Who could join a team or stand in for somebody of it: the open accounts of its facility that may open records. */
export async function colleaguesOf(tools: Tools, team: Team) {
  const page = await staffBelow(tools, team.path);
  return page.items
    .filter(({ state, roles }) => state !== 'disabled' && roles.some((role) => staffRoles.includes(role)))
    .map(({ userId, name, roles }) => ({ userId, name, roles }));
}

export async function knownOrganisation(tools: Tools, organisationId: string): Promise<Organisation> {
  const organisation = await readOrganisation(tools, organisationId);
  if (!organisation) throw notFound('organisation');
  return organisation;
}

function viewOf(account: Account, teams: readonly Team[], now: string): StaffView {
  const { userId } = account;
  const mine = teams.flatMap((team) => {
    const cover = team.covers.find((each) => each.by.userId === userId && each.from <= now && now < each.to);
    const stands = team.members.some((member) => member.userId === userId);
    if (!stands && !cover) return [];
    const until = stands || !cover ? {} : { coverUntil: cover.to };
    return [{ teamId: team.teamId, name: team.name, owner: team.ownerId === userId, ...until }];
  });
  return {
    userId,
    name: account.name,
    roles: account.roles,
    organisationId: account.organisationId ?? '',
    ...(account.email && { email: account.email }),
    ...(account.phone && { phone: account.phone }),
    state: account.state,
    teams: mine,
    ...(account.invitedAt && { invitedAt: account.invitedAt }),
  };
}
