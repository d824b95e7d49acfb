import { httpHandler, type Route, route } from '../shared/http.ts';
import { AuditQuery, AuditView } from './contract.ts';
import { refusals, whoSaw } from './who-saw.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/audit/patients/{patientId}/who-saw',
    summary: 'Show who opened this record',
    access: { who: 'patient', need: 'own' },
    query: AuditQuery,
    answer: AuditView,
    act: async (tools, { path, query }) => await whoSaw(tools, path.patientId ?? '', query.cursor),
  }),
  route({
    method: 'GET',
    path: '/api/audit/organisations/{organisationId}/refusals',
    summary: 'List what was refused',
    access: { who: 'organisation', need: 'manage' },
    query: AuditQuery,
    answer: AuditView,
    act: async (tools, { path, query }) => await refusals(tools, path.organisationId ?? '', query.cursor),
  }),
];

export const handler = httpHandler(routes);
