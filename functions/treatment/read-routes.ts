import * as z from 'zod/mini';
import { staffRoles } from '../shared/access.ts';
import { type ActorTools, type Route, reply, route } from '../shared/http.ts';
import { notFound } from '../shared/refusal.ts';
import { Instant, LocalDate } from '../shared/shapes.ts';
import { addDays } from '../shared/time.ts';
import {
  AdherenceView,
  Away,
  CourseView,
  DayView,
  InterruptionView,
  KnewAtView,
  MedicationPlan,
  Medicine,
  RegimenTemplate,
  TimelineEntry,
  TodayView,
} from './contract.ts';
import { adherenceView, course } from './course.ts';
import { days, knewAt } from './days.ts';
import { interruptionNow } from './interruption-now.ts';
import { medicines } from './medicines.ts';
import { nurseToCall } from './nurse-to-call.ts';
import { patientToCall } from './patient-to-call.ts';
import { readerOf } from './reader.ts';
import { readAways, readPlan, readPlans } from './store.ts';
import { templates } from './templates.ts';
import { timeline } from './timeline.ts';
import { today } from './today.ts';

const base = '/api/treatment/patients/{patientId}';
const Stretch = z.object({ from: z.optional(LocalDate), to: z.optional(LocalDate) });
const calendar = { who: 'patient', need: 'today' } as const;

/** Without dates: the last four weeks up to today. */
function stretchOf(tools: ActorTools, query: z.infer<typeof Stretch>): { from: string; to: string } {
  const to = query.to ?? addDays(tools.now().slice(0, 10), 1);
  return { from: query.from ?? addDays(to, -28), to };
}

function patientOf(path: Readonly<Record<string, string>>): string {
  return path.patientId ?? '';
}

export const readRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: `${base}/today`,
    summary: 'Read today',
    access: calendar,
    answer: TodayView,
    act: async (tools, { path }) => {
      const patientId = patientOf(path);
      const [view, nurse, patientPhone] = await Promise.all([
        today(tools, patientId, await readerOf(tools, patientId)),
        nurseToCall(tools, patientId),
        patientToCall(tools, patientId),
      ]);
      return { ...view, ...(nurse && { nurse }), ...(patientPhone !== undefined && { patientPhone }) };
    },
  }),
  route({
    method: 'GET',
    path: `${base}/days`,
    summary: 'Read days',
    access: calendar,
    query: Stretch,
    answer: z.object({ days: z.array(DayView) }),
    act: async (tools, { path, query }) => {
      const { from, to } = stretchOf(tools, query);
      return { days: await days(tools, patientOf(path), from, to, await readerOf(tools, patientOf(path))) };
    },
  }),
  route({
    method: 'GET',
    path: `${base}/course`,
    summary: 'Read the course',
    access: calendar,
    answer: CourseView,
    act: async (tools, { path }) => await course(tools, patientOf(path), await readerOf(tools, patientOf(path))),
  }),
  route({
    method: 'GET',
    path: `${base}/adherence`,
    summary: 'Read adherence',
    access: calendar,
    answer: AdherenceView,
    act: async (tools, { path }) => await adherenceView(tools, patientOf(path)),
  }),
  route({
    method: 'GET',
    path: `${base}/timeline`,
    summary: 'Read the timeline',
    access: { who: 'patient', need: 'history' },
    query: Stretch,
    answer: z.object({ entries: z.array(TimelineEntry) }),
    act: async (tools, { path, query }) => ({
      entries: await timeline(tools, patientOf(path), stretchOf(tools, query), await readerOf(tools, patientOf(path))),
    }),
  }),
  route({
    method: 'GET',
    path: `${base}/knew-at`,
    summary: 'Read what was known',
    access: { who: 'patient', need: 'care' },
    query: z.extend(Stretch, { at: Instant }),
    answer: KnewAtView,
    act: async (tools, { path, query }) =>
      await knewAt(tools, patientOf(path), { at: query.at, ...stretchOf(tools, query) }),
  }),
  route({
    method: 'GET',
    path: `${base}/interruption`,
    summary: 'Read interruption advice',
    access: { who: 'patient', need: 'care' },
    answer: InterruptionView,
    act: async (tools, { path }) => await interruptionNow(tools, patientOf(path)),
  }),
  route({
    method: 'GET',
    path: `${base}/away`,
    summary: 'Read aways',
    access: calendar,
    answer: z.object({ away: z.array(Away) }),
    act: async (tools, { path }) => ({ away: await readAways(tools, patientOf(path)) }),
  }),
  route({
    method: 'GET',
    path: `${base}/plans`,
    summary: 'Read plans',
    access: { who: 'patient', need: 'medicines' },
    answer: z.object({ plans: z.array(MedicationPlan) }),
    act: async (tools, { path }) => ({ plans: await readPlans(tools, patientOf(path)) }),
  }),
  route({
    method: 'GET',
    path: `${base}/plans/{planId}`,
    summary: 'Read a plan',
    access: { who: 'patient', need: 'medicines' },
    answer: MedicationPlan,
    act: async (tools, { path }) => {
      const plan = await readPlan(tools, patientOf(path), path.planId ?? '');
      if (!plan) throw notFound('plan');
      return reply(plan, { version: plan.version });
    },
  }),
  route({
    method: 'GET',
    path: '/api/treatment/medicines',
    summary: 'Read the medicines',
    access: { who: 'signed-in' },
    answer: z.object({ medicines: z.array(Medicine) }),
    act: async () => ({ medicines: [...medicines] }),
  }),
  route({
    method: 'GET',
    path: '/api/treatment/templates',
    summary: 'Read the regimen templates',
    access: { who: 'roles', roles: staffRoles },
    answer: z.object({ templates: z.array(RegimenTemplate) }),
    act: async () => ({ templates: [...templates] }),
  }),
];
