import type { Tools } from '../shared/tools.ts';
import type { Organisation } from './organisation.ts';
import { readOrganisation, readTeam, readTeamsBelow, readTree } from './store.ts';
import type { Team } from './team.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** One team with its owner, members, calendar, covers and topic: one read. For every context. */
export async function teamOf(tools: Table, teamId: string): Promise<Team | undefined> {
  return await readTeam(tools, teamId);
}

/** All teams of an organisation and of everything below it. */
export async function teamsBelow(tools: Table, organisationId: string): Promise<Team[]> {
  const node = await readOrganisation(tools, organisationId);
  return node ? await readTeamsBelow(tools, node.path) : [];
}

/** One node of the tree. */
export async function organisationOf(tools: Table, organisationId: string): Promise<Organisation | undefined> {
  return await readOrganisation(tools, organisationId);
}

/** One node of the tree and everything below it. */
export async function organisationsBelow(tools: Table, organisationId: string): Promise<Organisation[]> {
  const node = await readOrganisation(tools, organisationId);
  return node ? await readTree(tools, node.path) : [];
}
