import * as z from 'zod/mini';
import { audit } from '../shared/audit.ts';
import { authorise } from '../shared/authorise.ts';
import { type ActorTools, type Input, type Route, reply, route } from '../shared/http.ts';
import { Refusal } from '../shared/refusal.ts';
import { LocalDate } from '../shared/shapes.ts';
import { clinicDay } from './clinic-day.ts';
import { type ListResult, recordClinicList } from './clinic-list.ts';
import {
  ClinicDayView,
  ClinicListAnswer,
  ClinicListInput,
  HoldInput,
  MedicationPlan,
  PlanChangeInput,
  PlanInput,
  RefillInput,
  ResumeInput,
  StopInput,
} from './contract.ts';
import { recordRefill } from './refill.ts';
import { changePlan, createPlan, holdPlan, type PlanRef, resumePlan } from './revise-plan.ts';
import { stopTreatment } from './stop-treatment.ts';

const base = '/api/treatment/patients/{patientId}';
const plan = `${base}/plans/{planId}`;
const prescribe = { who: 'patient', need: 'prescribe' } as const;
const care = { who: 'patient', need: 'care' } as const;

function refOf(tools: ActorTools, { path, version }: Pick<Input<undefined, undefined>, 'path' | 'version'>): PlanRef {
  return { patientId: path.patientId ?? '', planId: path.planId ?? '', version, author: tools.actor.userId };
}

async function answer(made: Promise<MedicationPlan>, status = 200) {
  const next = await made;
  return reply(next, { version: next.version, status });
}

async function mustPrescribe(tools: ActorTools, patientId: string, action: string): Promise<void> {
  await authorise(tools, tools.actor, { kind: 'patient', id: patientId }, 'prescribe', action);
}

export const planRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${base}/plans`,
    summary: 'Prescribe',
    access: care,
    sensitive: true,
    body: PlanInput,
    answer: MedicationPlan,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const patientId = path.patientId ?? '';
      // A template is a protocol that a nurse may follow at enrolment; a plan of one's own is a prescription.
      if (body.prescription) await mustPrescribe(tools, patientId, 'prescribe a plan of their own');
      return await answer(createPlan(tools, { patientId, author: tools.actor.userId, input: body }), 201);
    },
  }),
  route({
    method: 'PATCH',
    path: plan,
    summary: 'Change a plan',
    access: prescribe,
    sensitive: true,
    body: PlanChangeInput,
    answer: MedicationPlan,
    ifMatch: 'required',
    act: async (tools, input) => await answer(changePlan(tools, refOf(tools, input), input.body)),
  }),
  route({
    method: 'POST',
    path: `${plan}/hold`,
    summary: 'Hold a plan',
    access: prescribe,
    sensitive: true,
    body: HoldInput,
    answer: MedicationPlan,
    ifMatch: 'required',
    act: async (tools, input) => await answer(holdPlan(tools, refOf(tools, input), input.body)),
  }),
  route({
    method: 'POST',
    path: `${plan}/resume`,
    summary: 'Resume a plan',
    access: prescribe,
    sensitive: true,
    body: ResumeInput,
    answer: MedicationPlan,
    ifMatch: 'required',
    act: async (tools, input) => await answer(resumePlan(tools, refOf(tools, input), input.body)),
  }),
  route({
    method: 'POST',
    path: `${plan}/stop`,
    summary: 'Stop treatment',
    access: care,
    sensitive: true,
    body: StopInput,
    answer: MedicationPlan,
    ifMatch: 'required',
    act: async (tools, input) => {
      const ref = refOf(tools, input);
      if (input.body.reason === 'stopped-by-clinician') await mustPrescribe(tools, ref.patientId, 'stop as clinician');
      return await answer(stopTreatment(tools, ref, input.body));
    },
  }),
  route({
    method: 'POST',
    path: `${base}/refill`,
    summary: 'Record a refill',
    access: care,
    body: RefillInput,
    answer: z.object({ runsOutOn: z.optional(LocalDate), plan: MedicationPlan }),
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const made = await recordRefill(tools, {
        patientId: path.patientId ?? '',
        author: tools.actor.userId,
        input: body,
      });
      return { plan: made, ...(made.runsOutOn !== undefined && { runsOutOn: made.runsOutOn }) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/treatment/teams/{teamId}/clinic-day',
    summary: 'Read the clinic-day list',
    access: { who: 'team', need: 'work' },
    query: z.object({ date: LocalDate }),
    answer: ClinicDayView,
    act: async (tools, { path, query }) => {
      const teamId = path.teamId ?? '';
      const list = await clinicDay(tools, teamId, query.date);
      const ids = list.rows.map((row) => row.patientId);
      await audit(tools, {
        subjectId: teamId,
        actorId: tools.actor.userId,
        action: 'list the clinic day',
        outcome: 'allowed',
        why: 'care team',
        ids,
      });
      return list;
    },
  }),
  route({
    method: 'POST',
    path: '/api/treatment/teams/{teamId}/clinic-day',
    summary: 'Record a clinic list',
    access: { who: 'team', need: 'care' },
    body: ClinicListInput,
    answer: ClinicListAnswer,
    idempotency: 'natural',
    act: async (tools, { body }) => ({ results: await recordAllowed(tools, body) }),
  }),
];

/** Each patient of a list is decided on for themselves; one of another team does not hold up the others. */
async function recordAllowed(tools: ActorTools, input: ClinicListInput): Promise<ListResult[]> {
  const refused: ListResult[] = [];
  const ticks: ClinicListInput['ticks'] = [];
  for (const tick of input.ticks) {
    try {
      await authorise(tools, tools.actor, { kind: 'patient', id: tick.patientId }, 'care', 'record a clinic list');
      ticks.push(tick);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ patientId: tick.patientId, outcome: 'refused' });
    }
  }
  const role = tools.actor.roles.find((one) => one !== 'patient' && one !== 'supporter') ?? 'nurse';
  const by = { userId: tools.actor.userId, role, staff: true };
  return [...refused, ...(await recordClinicList(tools, { by, input: { ...input, ticks } }))];
}
