import * as z from 'zod/mini';
import { patientProfile } from '../identity/patient-profile.ts';
import { type ActorTools, httpHandler, Nothing, noContent, type Route, reply, route } from '../shared/http.ts';
import { createTools } from '../shared/tools.ts';
import {
  DeliveryLogView,
  InboxView,
  PreferencesInput,
  PreferencesView,
  PushDevice,
  PushSubscriptionInput,
  ReadNoticesInput,
  SubscribeTopicInput,
  TopicView,
  UndeliveredView,
} from './contract.ts';
import { inbox, readNotices } from './inbox.ts';
import { addDevice, changePreferences, preferencesView, removeDevice } from './my-preferences.ts';
import { patientLog } from './patient-log.ts';
import { subscribeTopic, topicView, unsubscribeTopic } from './topic-subscription.ts';
import { snsTopics } from './topics.ts';
import { sendAgain, undelivered } from './undelivered.ts';
import { vapidFrom } from './vapid.ts';

const vapid = vapidFrom(createTools());
const topics = snsTopics();

const own = { who: 'signed-in' } as const;
const team = '/api/notifications/teams/{teamId}/topic';
const patient = '/api/notifications/patients/{patientId}';
const Cursor = z.object({ cursor: z.optional(z.string()) });
const Empty = z.object({});

async function mine({ actor }: ActorTools) {
  const { publicKey: vapidPublicKey } = await vapid();
  // A patient's own preferences are those that staff keep for them: one place, whoever changes them.
  const of =
    actor.patientId === undefined
      ? ({ kind: 'user', id: actor.userId } as const)
      : ({ kind: 'patient', id: actor.patientId } as const);
  return { of, language: actor.language, vapidPublicKey };
}

async function patients(tools: ActorTools, patientId: string) {
  const profile = await patientProfile(tools, patientId);
  const { publicKey: vapidPublicKey } = await vapid();
  return { of: { kind: 'patient', id: patientId } as const, language: profile?.language ?? 'en', vapidPublicKey };
}

const answered = (view: PreferencesView) => reply(view, { version: view.version });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/notifications/preferences',
    summary: 'Read how I want to be told',
    access: own,
    answer: PreferencesView,
    act: async (tools) => {
      const who = await mine(tools);
      const view = await preferencesView(tools, who);
      if (who.of.kind === 'user') return answered(view);
      const { devices } = await preferencesView(tools, { ...who, of: { kind: 'user', id: tools.actor.userId } });
      return answered({ ...view, devices });
    },
  }),
  route({
    method: 'PUT',
    path: '/api/notifications/preferences',
    summary: 'Change how I want to be told',
    access: own,
    ifMatch: 'required',
    body: PreferencesInput,
    answer: PreferencesView,
    act: async (tools, { body, version }) => answered(await changePreferences(tools, await mine(tools), body, version)),
  }),
  route({
    method: 'GET',
    path: `${patient}/preferences`,
    summary: 'Read how a patient is told',
    access: { who: 'patient', need: 'care' },
    answer: PreferencesView,
    act: async (tools, { path }) => answered(await preferencesView(tools, await patients(tools, path.patientId ?? ''))),
  }),
  route({
    method: 'PUT',
    path: `${patient}/preferences`,
    summary: 'Change how a patient is told',
    access: { who: 'patient', need: 'care' },
    ifMatch: 'required',
    body: PreferencesInput,
    answer: PreferencesView,
    act: async (tools, { path, body, version }) =>
      answered(await changePreferences(tools, await patients(tools, path.patientId ?? ''), body, version)),
  }),
  route({
    method: 'POST',
    path: '/api/notifications/push-subscriptions',
    summary: 'Let this device take messages',
    access: own,
    body: PushSubscriptionInput,
    answer: PushDevice,
    idempotency: 'natural',
    act: async (tools, { body }) => await addDevice(tools, tools.actor.userId, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/notifications/push-subscriptions/{subscriptionId}',
    summary: 'No more messages to a device',
    access: own,
    answer: Nothing,
    act: async (tools, { path }) => {
      await removeDevice(tools, tools.actor.userId, path.subscriptionId ?? '');
      return noContent;
    },
  }),
  route({
    method: 'GET',
    path: team,
    summary: 'Read my subscription to a team’s topic',
    access: { who: 'team', need: 'work' },
    answer: TopicView,
    act: async (tools, { path }) => await topicView(tools, topics, tools.actor.userId, path.teamId ?? ''),
  }),
  route({
    method: 'PUT',
    path: team,
    summary: 'Subscribe to a team’s topic',
    access: { who: 'team', need: 'work' },
    body: SubscribeTopicInput,
    answer: TopicView,
    act: async (tools, { path, body }) =>
      await subscribeTopic(tools, topics, { userId: tools.actor.userId, teamId: path.teamId ?? '', input: body }),
  }),
  route({
    method: 'DELETE',
    path: team,
    summary: 'End my subscription to a team’s topic',
    access: { who: 'team', need: 'work' },
    answer: Nothing,
    act: async (tools, { path }) => {
      await unsubscribeTopic(tools, topics, tools.actor.userId, path.teamId ?? '');
      return noContent;
    },
  }),
  route({
    method: 'GET',
    path: '/api/notifications/inbox',
    summary: 'Read what I was told',
    access: own,
    query: Cursor,
    answer: InboxView,
    act: async (tools, { query }) => await inbox(tools, tools.actor.userId, tools.actor.language, query.cursor),
  }),
  route({
    method: 'POST',
    path: '/api/notifications/inbox/read',
    summary: 'Say that I have read notices',
    access: own,
    body: ReadNoticesInput,
    answer: Nothing,
    idempotency: 'natural',
    act: async (tools, { body }) => {
      await readNotices(tools, tools.actor.userId, body.messageIds);
      return noContent;
    },
  }),
  route({
    method: 'GET',
    path: `${patient}/log`,
    summary: 'Read what a patient was sent',
    access: { who: 'patient', need: 'care' },
    query: Cursor,
    answer: DeliveryLogView,
    act: async (tools, { path, query }) => await patientLog(tools, path.patientId ?? '', query.cursor),
  }),
  route({
    method: 'GET',
    path: '/api/notifications/organisations/{organisationId}/undelivered',
    summary: 'List messages that reached nobody',
    access: { who: 'organisation', need: 'manage' },
    answer: UndeliveredView,
    act: async (tools, { path }) => await undelivered(tools, path.organisationId ?? ''),
  }),
  route({
    method: 'POST',
    path: '/api/notifications/teams/{teamId}/undelivered/{messageId}/again',
    summary: 'Send an undelivered message again',
    access: { who: 'team', need: 'manage' },
    body: Empty,
    answer: Nothing,
    idempotency: 'natural',
    act: async (tools, { path }) => {
      await sendAgain(tools, path.teamId ?? '', path.messageId ?? '');
      return noContent;
    },
  }),
];

export const handler = httpHandler(routes);
