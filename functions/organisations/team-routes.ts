import { type ActorTools, type Reply, type Route, reply, route } from '../shared/http.ts';
import { addMember, changeTeam, knownTeam, removeMember } from './change-team.ts';
import {
  Colleagues,
  CoverInput,
  HandOverAnswer,
  HandOverInput,
  MemberInput,
  TeamChange,
  TeamView,
} from './contract.ts';
import { addCover, endCover } from './covers.ts';
import { handOver } from './hand-over.ts';
import { colleaguesOf } from './staff.ts';
import type { Team } from './team.ts';
import { teamView } from './team-view.ts';

const manage = { who: 'team', need: 'manage' } as const;
const belongsOrManages = { who: 'team', need: ['work', 'manage'] } as const;
const base = '/api/organisations/teams/{teamId}';

/** One care team: members and administrators see it and arrange covers, administrators change it. */
export function teamRoutes(): Route[] {
  return [...readRoutes(), ...coverRoutes(), ...manageRoutes()];
}

function readRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: base,
      summary: 'See the team',
      access: belongsOrManages,
      answer: TeamView,
      act: async (tools, { path }) => shown(tools, await knownTeam(tools, path.teamId ?? '')),
    }),
    route({
      method: 'GET',
      path: `${base}/colleagues`,
      summary: 'See who could cover',
      access: belongsOrManages,
      answer: Colleagues,
      act: async (tools, { path }) => ({
        colleagues: await colleaguesOf(tools, await knownTeam(tools, path.teamId ?? '')),
      }),
    }),
  ];
}

function coverRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: `${base}/covers`,
      summary: 'Arrange cover',
      access: belongsOrManages,
      sensitive: true,
      body: CoverInput,
      answer: TeamView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => shown(tools, await addCover(tools, path.teamId ?? '', body)),
    }),
    route({
      method: 'DELETE',
      path: `${base}/covers/{coverId}`,
      summary: 'End cover',
      access: belongsOrManages,
      sensitive: true,
      answer: TeamView,
      act: async (tools, { path }) => shown(tools, await endCover(tools, path.teamId ?? '', path.coverId ?? '')),
    }),
  ];
}

function manageRoutes(): Route[] {
  return [
    route({
      method: 'PATCH',
      path: base,
      summary: 'Change a team',
      access: manage,
      body: TeamChange,
      answer: TeamView,
      ifMatch: 'required',
      act: async (tools, { path, body, version }) =>
        shown(tools, await changeTeam(tools, path.teamId ?? '', body, version)),
    }),
    route({
      method: 'POST',
      path: `${base}/members`,
      summary: 'Add a member to a team',
      access: manage,
      sensitive: true,
      body: MemberInput,
      answer: TeamView,
      act: async (tools, { path, body }) => shown(tools, await addMember(tools, path.teamId ?? '', body.userId)),
    }),
    route({
      method: 'DELETE',
      path: `${base}/members/{userId}`,
      summary: 'Remove a member from a team',
      access: manage,
      sensitive: true,
      answer: TeamView,
      act: async (tools, { path }) => shown(tools, await removeMember(tools, path.teamId ?? '', path.userId ?? '')),
    }),
    route({
      method: 'POST',
      path: `${base}/hand-over`,
      summary: 'Hand patients over to another team',
      access: manage,
      sensitive: true,
      body: HandOverInput,
      answer: HandOverAnswer,
      act: async (tools, { path, body }) => reply(await handOver(tools, path.teamId ?? '', body), { status: 200 }),
    }),
  ];
}

function shown(tools: ActorTools, team: Team): Reply<TeamView> {
  return reply(teamView(team, tools.now()), { version: team.version, status: 200 });
}
