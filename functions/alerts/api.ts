import * as z from 'zod/mini';
import { teamOf } from '../organisations/team-of.ts';
import { type ActorTools, httpHandler, type Route, reply, route } from '../shared/http.ts';
import { notFound } from '../shared/refusal.ts';
import { acknowledge } from './acknowledge.ts';
import { answerTask, promiseToPatient, undoTask } from './answer-task.ts';
import {
  AlertPolicyInput,
  AlertPolicyView,
  AlertView,
  NoteInput,
  OpenLinkAnswer,
  OpenLinkInput,
  PatientAlertsView,
  PatientNote,
  PromiseInput,
  ReassignInput,
  ResolveInput,
  TaskDoneInput,
  TaskView,
  WhoWasToldView,
  WorklistView,
} from './contract.ts';
import { noteAlert, reassignAlert } from './note.ts';
import { notePatient } from './note-patient.ts';
import { acknowledgeByLink } from './open-link.ts';
import { around, oneAlert, patientAlerts, view } from './patient-alerts.ts';
import { resolveAlert, undoResolve } from './resolve.ts';
import { changePolicy, policyView } from './team-policy.ts';
import { taskView } from './views.ts';
import { whoWasTold } from './who-was-told.ts';
import { worklist } from './worklist.ts';

const patient = '/api/alerts/patients/{patientId}';
const alert = `${patient}/alerts/{alertId}`;
const task = `${patient}/tasks/{taskId}`;
const care = { who: 'patient', need: 'care' } as const;
const Empty = z.object({});
const ok = { status: 200 } as const;

type Path = { readonly path: Readonly<Record<string, string>> };
const alertRef = ({ path }: Path) => ({ patientId: path.patientId ?? '', alertId: path.alertId ?? '' });
const taskRef = ({ path }: Path) => ({ patientId: path.patientId ?? '', taskId: path.taskId ?? '' });
const author = ({ actor }: ActorTools) => ({ by: actor.userId, byName: actor.displayName });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/alerts/teams/{teamId}/worklist',
    summary: 'List the work of a team',
    access: { who: 'team', need: 'work' },
    answer: WorklistView,
    act: async (tools, { path }) => {
      const team = await teamOf(tools, path.teamId ?? '');
      if (!team) throw notFound('team');
      return await worklist(tools, team);
    },
  }),
  route({
    method: 'GET',
    path: patient,
    summary: 'Read the alerts of a patient',
    access: care,
    answer: PatientAlertsView,
    act: async (tools, { path }) => await patientAlerts(tools, path.patientId ?? ''),
  }),
  route({
    method: 'GET',
    path: alert,
    summary: 'Read an alert',
    access: care,
    answer: AlertView,
    act: async (tools, input) => {
      const { patientId, alertId } = alertRef(input);
      const found = await oneAlert(tools, patientId, alertId);
      return reply(found, { version: found.version });
    },
  }),
  route({
    method: 'GET',
    path: `${alert}/told`,
    summary: 'Read what became of telling people of an alert',
    access: care,
    answer: WhoWasToldView,
    act: async (tools, input) => await whoWasTold(tools, alertRef(input)),
  }),
  route({
    method: 'POST',
    path: `${alert}/acknowledge`,
    summary: 'Acknowledge an alert',
    access: care,
    body: Empty,
    answer: AlertView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const ref = alertRef(input);
      const outcome = await acknowledge(tools, { ...ref, by: tools.actor.userId, through: 'app' });
      if (outcome.outcome === 'gone') return reply(await oneAlert(tools, ref.patientId, ref.alertId), ok);
      return reply(await view(tools, await around(tools, ref.patientId), outcome.alert), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${alert}/resolve`,
    summary: 'Close an alert with its outcome',
    access: care,
    body: ResolveInput,
    answer: AlertView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const see = await around(tools, alertRef(input).patientId);
      const closed = await resolveAlert(tools, see.team, { ...alertRef(input), ...author(tools), input: input.body });
      return reply(await view(tools, see, closed), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${alert}/undo`,
    summary: 'Take back the closing of an alert',
    access: care,
    body: Empty,
    answer: AlertView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const see = await around(tools, alertRef(input).patientId);
      const open = await undoResolve(tools, see.policy, { ...alertRef(input), by: tools.actor.userId });
      return reply(await view(tools, see, open), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${alert}/notes`,
    summary: 'Write a note on an alert',
    access: care,
    body: NoteInput,
    answer: AlertView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const see = await around(tools, alertRef(input).patientId);
      return await view(tools, see, await noteAlert(tools, { ...alertRef(input), ...author(tools), ...input.body }));
    },
  }),
  route({
    method: 'POST',
    path: `${alert}/reassign`,
    summary: 'Give an alert to a colleague',
    access: care,
    body: ReassignInput,
    answer: AlertView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const see = await around(tools, alertRef(input).patientId);
      const given = { ...alertRef(input), ...author(tools), ...input.body };
      return reply(await view(tools, see, await reassignAlert(tools, see.team, given)), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${task}/done`,
    summary: 'Answer a task',
    access: care,
    body: TaskDoneInput,
    answer: TaskView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const done = await answerTask(tools, tools.actor, taskRef(input), input.body);
      return reply(taskView(done, (await around(tools, done.patientId)).team, tools.now()), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${task}/undo`,
    summary: 'Take back the answer of a task',
    access: care,
    body: Empty,
    answer: TaskView,
    idempotency: 'natural',
    act: async (tools, input) => {
      const { team, policy } = await around(tools, taskRef(input).patientId);
      return reply(taskView(await undoTask(tools, policy, tools.actor, taskRef(input)), team, tools.now()), ok);
    },
  }),
  route({
    method: 'POST',
    path: `${patient}/tasks`,
    summary: 'Promise a call or a visit',
    access: care,
    body: PromiseInput,
    answer: TaskView,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const { tag, team } = await around(tools, path.patientId ?? '');
      const of = { patientId: tag.patientId, patientCode: tag.code, teamId: team.teamId };
      return taskView(await promiseToPatient(tools, tools.actor, of, body), team, tools.now());
    },
  }),
  route({
    method: 'POST',
    path: `${patient}/notes`,
    summary: 'Write a note about a patient',
    access: care,
    body: NoteInput,
    answer: PatientNote,
    idempotency: 'natural',
    act: async (tools, { path, body }) =>
      await notePatient(tools, { patientId: path.patientId ?? '', ...author(tools), ...body }),
  }),
  route({
    method: 'GET',
    path: '/api/alerts/teams/{teamId}/policy',
    summary: 'Read how a team is told',
    access: { who: 'team', need: 'manage' },
    answer: AlertPolicyView,
    act: async (tools, { path }) => {
      const policy = await policyView(tools, path.teamId ?? '');
      return reply(policy, { version: policy.version });
    },
  }),
  route({
    method: 'PUT',
    path: '/api/alerts/teams/{teamId}/policy',
    summary: 'Change how a team is told',
    access: { who: 'team', need: 'manage' },
    ifMatch: 'required',
    body: AlertPolicyInput,
    answer: AlertPolicyView,
    act: async (tools, { path, body, version }) => {
      const policy = await changePolicy(tools, path.teamId ?? '', body, version);
      return reply(policy, { version: policy.version });
    },
  }),
  route({
    method: 'POST',
    path: '/api/open/alerts',
    summary: 'Say "I am on it" from a message',
    access: { who: 'anyone', because: 'the token is random, for one person, one alert and one day, and names nobody' },
    body: OpenLinkInput,
    answer: OpenLinkAnswer,
    idempotency: 'natural',
    act: async (tools, { body }) => reply(await acknowledgeByLink(tools, body.token), ok),
  }),
];

export const handler = httpHandler(routes);
