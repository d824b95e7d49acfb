import * as z from 'zod/mini';
import { Nothing, noContent, type Route, reply, route } from '../shared/http.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { EnrolmentsView, EnrolmentView, EnrolRequest, MedicalCode } from './contract.ts';
import { enrolmentOf, enrolPatient, finishEnrolment, openEnrolments } from './enrol-patient.ts';
import { deleteDraft } from './enrolment-store.ts';
import type { IdentityTools } from './identity-tools.ts';
import { readMedicalCode } from './medical-code.ts';
import { readPatientIdByCode, readProfile } from './patient-store.ts';

const care = { who: 'team', need: 'care' } as const;
const base = '/api/identity/teams/{teamId}';
const one = `${base}/enrolments/{enrolmentId}`;
const CardQuery = z.object({ card: z.string().check(z.maxLength(20)) });
const Found = z.object({ patientId: z.string(), code: MedicalCode, name: z.string() });

/** Enrolment by a care team. */
export function enrolRoutes({ post }: Pick<IdentityTools, 'post'>): Route[] {
  return [
    route({
      method: 'PUT',
      path: one,
      summary: 'Enrol a patient',
      access: care,
      body: EnrolRequest,
      answer: EnrolmentView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => {
        const { teamId = '', enrolmentId = '' } = path;
        return await enrolPatient({ ...tools, post }, { teamId, enrolmentId, given: body });
      },
    }),
    route({
      method: 'GET',
      path: one,
      summary: 'See an enrolment',
      access: care,
      answer: EnrolmentView,
      act: async (tools, { path }) => {
        const enrolment = await enrolmentOf(tools, path.teamId ?? '', path.enrolmentId ?? '');
        if (!enrolment) throw notFound('enrolment');
        return enrolment;
      },
    }),
    route({
      method: 'GET',
      path: `${base}/enrolments`,
      summary: 'List open enrolments',
      access: care,
      answer: EnrolmentsView,
      act: async (tools, { path }) => ({ enrolments: await openEnrolments(tools, path.teamId ?? '') }),
    }),
    route({
      method: 'POST',
      path: `${one}/finish`,
      summary: 'Finish an enrolment',
      access: care,
      answer: EnrolmentView,
      act: async (tools, { path }) =>
        reply(await finishEnrolment({ ...tools, post }, path.teamId ?? '', path.enrolmentId ?? ''), { status: 200 }),
    }),
    route({
      method: 'DELETE',
      path: one,
      summary: 'Abandon an enrolment',
      access: care,
      answer: Nothing,
      act: async (tools, { path }) => {
        if ((await deleteDraft(tools, path.teamId ?? '', path.enrolmentId ?? '')) === 'conflict')
          throw new Refusal('conflict', 'enrolled', 'The patient is enrolled. Finish the enrolment instead.');
        return noContent;
      },
    }),
    route({
      method: 'GET',
      path: `${base}/card`,
      summary: 'Find a patient by card',
      access: care,
      query: CardQuery,
      answer: Found,
      act: async (tools, { path, query }) => {
        const code = readMedicalCode(query.card);
        const patientId = code === undefined ? undefined : await readPatientIdByCode(tools, code);
        const profile = patientId === undefined ? undefined : await readProfile(tools, patientId);
        if (!profile || profile.teamId !== path.teamId) throw notFound('patient');
        return { patientId: profile.patientId, code: profile.code, name: profile.name };
      },
    }),
  ];
}
