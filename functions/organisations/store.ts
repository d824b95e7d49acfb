import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { accessCardItem } from '../shared/access-store.ts';
import { conditionally, type Entry, getItem, queryAll } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { Organisation } from './organisation.ts';
import { Team } from './team.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

const organisationKey = (organisationId: string) => ({ pk: `ORG#${organisationId}`, sk: 'ORG' });
const teamKey = (teamId: string) => ({ pk: `TEAM#${teamId}`, sk: 'TEAM' });
const countries = 'COUNTRIES';
const prefixKey = (prefix: string) => ({ pk: `PREFIX#${prefix}`, sk: 'FACILITY' });

/** Sorts a node right before all that lies below it: `org_a/org_b/`. */
const sortOf = (path: readonly string[]) => `${path.join('/')}/`;

/** Access pattern 120: one node of the tree. */
export async function readOrganisation(tools: Table, organisationId: string): Promise<Organisation | undefined> {
  return await getItem(tools, organisationKey(organisationId), Organisation);
}

/** Access pattern 121: a node and all below it, parents first (index, eventual). */
export async function readTree(tools: Table, path: readonly string[]): Promise<Organisation[]> {
  return await below(tools, 'ORGS', path, Organisation);
}

/** Access pattern 122: a new node with its access card; a facility claims its prefix. 'conflict': id or prefix is taken. */
export async function putOrganisation(tools: Table, node: Organisation): Promise<'stored' | 'conflict'> {
  const items: Entry[] = [
    put(tools, organisationItem(node), 'attribute_not_exists(pk)'),
    put(tools, accessCardItem({ kind: 'organisation', id: node.organisationId }, { path: node.path })),
  ];
  if (node.prefix !== undefined) {
    const claim = { ...prefixKey(node.prefix), kind: 'prefix', v: 1, facilityId: node.organisationId, lastNumber: 0 };
    items.push(put(tools, claim, 'attribute_not_exists(pk)'));
  }
  if (node.level === 'country')
    items.push(
      put(tools, {
        pk: countries,
        sk: node.organisationId,
        kind: 'country',
        v: 1,
        organisationId: node.organisationId,
      }),
    );
  return await transact(tools, items);
}

/** Access pattern 119: the countries of this installation. */
export async function readCountries(tools: Table): Promise<Organisation[]> {
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': countries } };
  const all = await queryAll(tools, query, z.object({ organisationId: z.string() }));
  const known = await Promise.all(all.map(({ organisationId }) => readOrganisation(tools, organisationId)));
  return known.filter((one) => one !== undefined);
}

/** Access pattern 123: changes a node that still has this version. */
export async function replaceOrganisation(tools: Table, node: Organisation): Promise<'stored' | 'conflict'> {
  const command = new PutCommand({
    TableName: tools.tableName,
    Item: organisationItem({ ...node, version: node.version + 1 }),
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':version': node.version },
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 124: one team with members, calendar and covers. */
export async function readTeam(tools: Table, teamId: string): Promise<Team | undefined> {
  return await getItem(tools, teamKey(teamId), Team);
}

/** Access pattern 125: the teams below a node (index, eventual). */
export async function readTeamsBelow(tools: Table, path: readonly string[]): Promise<Team[]> {
  return await below(tools, 'TEAMS', path, Team);
}

/** Access pattern 126: a new team and its access card, with other writes of the same moment. */
export function newTeamWrites(tools: Table, team: Team): Entry[] {
  const card = { path: team.path, teamId: team.teamId };
  return [
    put(tools, teamItem(team), 'attribute_not_exists(pk)'),
    put(tools, accessCardItem({ kind: 'team', id: team.teamId }, card)),
  ];
}

/** Access pattern 127: a team that still has the version read; it gets the next one. */
export function teamWrite(tools: Table, team: Team): Entry {
  return {
    Put: {
      TableName: tools.tableName,
      Item: teamItem({ ...team, version: team.version + 1 }),
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': team.version },
    },
  };
}

export async function transact(tools: Table, items: readonly Entry[]): Promise<'stored' | 'conflict'> {
  return await conditionally(tools.db.send(new TransactWriteCommand({ TransactItems: [...items] })));
}

function put(tools: Table, item: Record<string, unknown>, condition?: string): Entry {
  return { Put: { TableName: tools.tableName, Item: item, ...(condition && { ConditionExpression: condition }) } };
}

function organisationItem(node: Organisation) {
  const { organisationId, path } = node;
  const index = { gsi1pk: `ORGS#${path[0]}`, gsi1sk: sortOf(path) };
  return { ...organisationKey(organisationId), ...index, kind: 'organisation', v: 1, ...node };
}

function teamItem(team: Team) {
  const index = { gsi1pk: `TEAMS#${team.path[0]}`, gsi1sk: `${sortOf(team.path)}${team.teamId}` };
  return { ...teamKey(team.teamId), ...index, kind: 'team', v: 1, ...team };
}

async function below<T extends z.ZodMiniType>(tools: Table, list: string, path: readonly string[], shape: T) {
  const query = {
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :pk AND begins_with(gsi1sk, :below)',
    ExpressionAttributeValues: { ':pk': `${list}#${path[0]}`, ':below': sortOf(path) },
  };
  return await queryAll(tools, query, shape);
}
