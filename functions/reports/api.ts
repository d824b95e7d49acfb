import * as z from 'zod/mini';
import { httpHandler, type Route, route } from '../shared/http.ts';
import { LocalDate } from '../shared/shapes.ts';
import { addDays } from '../shared/time.ts';
import { adminHome } from './admin-home.ts';
import { caseload, notYet, programme } from './caseload.ts';
import { AdminHome, CaseloadView, NotYetView, ProgrammeLine } from './contract.ts';

const team = '/api/reports/teams/{teamId}';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: `${team}/patients`,
    summary: 'List the patients of a team',
    access: { who: 'team', need: 'work' },
    query: z.object({
      search: z.optional(z.string().check(z.maxLength(60))),
      cursor: z.optional(z.string().check(z.maxLength(100))),
      limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(200))),
    }),
    answer: CaseloadView,
    act: async (tools, { path, query }) =>
      await caseload(tools, path.teamId ?? '', {
        search: query.search,
        cursor: query.cursor,
        limit: query.limit ?? 50,
      }),
  }),
  route({
    method: 'GET',
    path: `${team}/not-yet`,
    summary: 'List who has not answered for today yet',
    access: { who: 'team', need: 'work' },
    answer: NotYetView,
    act: async (tools, { path }) => await notYet(tools, path.teamId ?? ''),
  }),
  route({
    method: 'GET',
    path: `${team}/programme`,
    summary: 'Show how many red patients were contacted in time',
    access: { who: 'team', need: 'work' },
    query: z.object({ from: z.optional(LocalDate), to: z.optional(LocalDate) }),
    answer: ProgrammeLine,
    act: async (tools, { path, query }) => {
      const to = query.to ?? tools.now().slice(0, 10);
      return await programme(tools, path.teamId ?? '', query.from ?? addDays(to, -27), to);
    },
  }),
  route({
    method: 'GET',
    path: '/api/reports/organisations/{organisationId}/home',
    summary: 'Show what only an administrator can put right',
    access: { who: 'organisation', need: 'manage' },
    answer: AdminHome,
    act: async (tools, { path }) => await adminHome(tools, path.organisationId ?? ''),
  }),
];

export const handler = httpHandler(routes);
