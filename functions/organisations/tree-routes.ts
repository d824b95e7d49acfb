import * as z from 'zod/mini';
import type { StaffTools } from '../identity/staff.ts';
import { enableStaff, inviteAgain } from '../identity/staff.ts';
import { audit } from '../shared/audit.ts';
import { type Route, reply, route } from '../shared/http.ts';
import { about, addOrganisation, changeOrganisation } from './change-organisation.ts';
import { addTeam } from './change-team.ts';
import { closeAccount } from './close-account.ts';
import {
  CountryInput,
  DisableInput,
  InviteInput,
  OrganisationChange,
  OrganisationInput,
  OrganisationTree,
  OrganisationView,
  StaffList,
  StaffView,
  TeamInput,
  TeamsView,
  TeamView,
} from './contract.ts';
import { inviteTo, knownOrganisation, listStaff, staffOf, staffView } from './staff.ts';
import { readCountries, readTeamsBelow, readTree } from './store.ts';
import { memberOf } from './team.ts';
import { teamView } from './team-view.ts';
import type { Topics } from './topics.ts';

export type Means = Pick<StaffTools, 'pool' | 'post'> & { readonly topics: Topics };

const manage = { who: 'organisation', need: 'manage' } as const;
const base = '/api/organisations/organisations/{organisationId}';
const person = `${base}/staff/{userId}`;

/** The tree, its staff and its teams, for administrators. */
export function treeRoutes(means: Means): Route[] {
  return [...nodeRoutes(means), ...staffRoutes(means), ...teamListRoutes(means)];
}

function nodeRoutes(means: Means): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/organisations/countries',
      summary: 'Add a country with its first administrator',
      access: { who: 'roles', roles: ['system-admin'] },
      sensitive: true,
      body: CountryInput,
      answer: OrganisationView,
      idempotency: 'required',
      act: async (tools, { body }) => {
        const { admin, ...country } = body;
        const node = await addOrganisation(tools, undefined, { ...country, level: 'country' });
        await inviteTo({ ...tools, ...means }, node.organisationId, { ...admin, roles: ['organisation-admin'] });
        return reply(node, { version: node.version, status: 201 });
      },
    }),
    route({
      method: 'GET',
      path: '/api/organisations/countries',
      summary: 'List the countries',
      access: { who: 'roles', roles: ['system-admin'] },
      answer: OrganisationTree,
      act: async (tools) => ({ organisations: await readCountries(tools) }),
    }),
    route({
      method: 'GET',
      path: `${base}/tree`,
      summary: 'See the organisation tree',
      access: manage,
      answer: OrganisationTree,
      act: async (tools, { path }) => {
        const node = await knownOrganisation(tools, path.organisationId ?? '');
        return { organisations: await readTree(tools, node.path) };
      },
    }),
    route({
      method: 'GET',
      path: base,
      summary: 'See an organisation',
      access: manage,
      answer: OrganisationView,
      act: async (tools, { path }) => {
        const node = await knownOrganisation(tools, path.organisationId ?? '');
        return reply(node, { version: node.version });
      },
    }),
    route({
      method: 'POST',
      path: `${base}/organisations`,
      summary: 'Add an organisation',
      access: manage,
      body: OrganisationInput,
      answer: OrganisationView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => {
        const node = await addOrganisation(tools, path.organisationId ?? '', body);
        return reply(node, { version: node.version, status: 201 });
      },
    }),
    route({
      method: 'PATCH',
      path: base,
      summary: 'Change an organisation',
      access: manage,
      body: OrganisationChange,
      answer: OrganisationView,
      ifMatch: 'required',
      act: async (tools, { path, body, version }) => {
        const node = await changeOrganisation(tools, path.organisationId ?? '', body, version);
        return reply(node, { version: node.version });
      },
    }),
  ];
}

function staffRoutes(means: Means): Route[] {
  return [
    route({
      method: 'GET',
      path: `${base}/staff`,
      summary: 'List staff',
      access: manage,
      query: z.object({ cursor: z.optional(z.string()) }),
      answer: StaffList,
      act: async (tools, { path, query }) => await listStaff(tools, path.organisationId ?? '', query.cursor),
    }),
    route({
      method: 'POST',
      path: `${base}/staff`,
      summary: 'Invite staff',
      access: manage,
      sensitive: true,
      body: InviteInput,
      answer: StaffView,
      idempotency: 'required',
      act: async (tools, { path, body }) => await inviteTo({ ...tools, ...means }, path.organisationId ?? '', body),
    }),
    route({
      method: 'POST',
      path: `${person}/invite`,
      summary: 'Invite staff again',
      access: manage,
      sensitive: true,
      answer: StaffView,
      act: async (tools, { path }) => {
        const { userId } = await staffOf(tools, path.organisationId ?? '', path.userId ?? '');
        return reply(await staffView(tools, await inviteAgain({ ...tools, ...means }, userId)), { status: 200 });
      },
    }),
    route({
      method: 'POST',
      path: `${person}/disable`,
      summary: 'Close a staff account',
      access: manage,
      sensitive: true,
      body: DisableInput,
      answer: StaffView,
      act: async (tools, { path, body }) => {
        const { userId } = await staffOf(tools, path.organisationId ?? '', path.userId ?? '');
        return reply(await staffView(tools, await closeAccount({ ...tools, ...means }, userId, body)), { status: 200 });
      },
    }),
    route({
      method: 'POST',
      path: `${person}/enable`,
      summary: 'Open a staff account again',
      access: manage,
      sensitive: true,
      answer: StaffView,
      act: async (tools, { path }) => {
        const { userId } = await staffOf(tools, path.organisationId ?? '', path.userId ?? '');
        const account = await enableStaff({ ...tools, ...means }, userId);
        await audit(tools, about(tools.actor, userId, 'open account again'));
        return reply(await staffView(tools, account), { status: 200 });
      },
    }),
  ];
}

function teamListRoutes(means: Means): Route[] {
  return [
    route({
      method: 'GET',
      path: `${base}/teams`,
      summary: 'List care teams',
      access: manage,
      answer: TeamsView,
      act: async (tools, { path }) => {
        const node = await knownOrganisation(tools, path.organisationId ?? '');
        const teams = (await readTeamsBelow(tools, node.path)).map((team) => ({
          teamId: team.teamId,
          name: team.name,
          facilityId: team.facilityId,
          ownerId: team.ownerId,
          ownerName: memberOf(team, team.ownerId)?.name ?? '',
          members: team.members.length,
        }));
        return { teams };
      },
    }),
    route({
      method: 'POST',
      path: `${base}/teams`,
      summary: 'Add a care team',
      access: manage,
      sensitive: true,
      body: TeamInput,
      answer: TeamView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => {
        const team = await addTeam({ ...tools, topics: means.topics }, path.organisationId ?? '', body);
        return reply(teamView(team, tools.now()), { version: team.version, status: 201 });
      },
    }),
  ];
}
