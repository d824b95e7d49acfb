import * as z from 'zod/mini';
import { type ActorTools, type Route, reply, route } from '../shared/http.ts';
import { declareAway, endAway } from './away.ts';
import { Away, AwayInput, CannotTake, DayView, EndAwayInput, EvidenceInput, PocketDosesInput } from './contract.ts';
import { dayView } from './day-view.ts';
import { declarePocketDoses } from './pocket-doses.ts';
import { readerOf, recorderOf } from './reader.ts';
import { recordForPerson } from './record-for-person.ts';

const base = '/api/treatment/patients/{patientId}';
const tell = { who: 'patient', need: 'tell' } as const;
const Outcome = z.enum(['recorded', 'repeated']);
const Answer = z.object({ outcome: Outcome, day: DayView });

async function record(tools: ActorTools, patientId: string, input: EvidenceInput) {
  const by = await recorderOf(tools, patientId);
  const recorded = await recordForPerson(tools, { patientId, by, input });
  const outcome: z.infer<typeof Outcome> = recorded.outcome === 'changed' ? 'recorded' : 'repeated';
  const day = dayView(recorded.day, recorded.plan, tools.now(), await readerOf(tools, patientId));
  return reply({ outcome, day }, { status: outcome === 'recorded' ? 201 : 200 });
}

export const recordRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${base}/evidence`,
    summary: 'Record a dose',
    access: tell,
    body: EvidenceInput,
    answer: Answer,
    idempotency: 'natural',
    act: async (tools, { path, body }) => await record(tools, path.patientId ?? '', body),
  }),
  route({
    method: 'POST',
    path: `${base}/cannot-take`,
    summary: 'Say that a dose cannot be taken',
    access: tell,
    body: z.omit(CannotTake, { kind: true }),
    answer: Answer,
    idempotency: 'natural',
    act: async (tools, { path, body }) => await record(tools, path.patientId ?? '', { kind: 'cannot-take', ...body }),
  }),
  route({
    method: 'POST',
    path: `${base}/pocket-doses`,
    summary: 'Declare pocket doses',
    access: tell,
    body: PocketDosesInput,
    answer: z.object({ outcome: Outcome, days: z.array(DayView) }),
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const patientId = path.patientId ?? '';
      const by = await recorderOf(tools, patientId);
      const declared = await declarePocketDoses(tools, { patientId, by, input: body });
      const reader = await readerOf(tools, patientId);
      const days = declared.days.map(({ day }) => dayView(day, declared.plan, tools.now(), reader));
      return reply({ outcome: declared.outcome, days }, { status: declared.outcome === 'recorded' ? 201 : 200 });
    },
  }),
  route({
    method: 'POST',
    path: `${base}/away`,
    summary: 'Declare an away',
    access: tell,
    body: AwayInput,
    answer: Away,
    idempotency: 'natural',
    act: async (tools, { path, body }) =>
      await declareAway(tools, { patientId: path.patientId ?? '', author: tools.actor.userId, input: body }),
  }),
  route({
    method: 'POST',
    path: `${base}/away/{awayId}/end`,
    summary: 'End an away',
    access: tell,
    body: EndAwayInput,
    answer: Away,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const { patientId = '', awayId = '' } = path;
      const away = await endAway(tools, { patientId, awayId, author: tools.actor.userId, input: body });
      return reply(away, { status: 200 });
    },
  }),
];
