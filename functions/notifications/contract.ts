import * as z from 'zod/mini';
import { ClockTime, Email, Id, Instant, line, Phone } from '../shared/shapes.ts';
import { DeliveryEntry } from './delivery-shapes.ts';

export * from './delivery-shapes.ts';

/** Wall-clock times in the person's zone. `from` after `to` runs over midnight. */
export const QuietHours = z.object({ from: ClockTime, to: ClockTime });
export type QuietHours = z.infer<typeof QuietHours>;

export const PreferencesInput = z.object({
  push: z.boolean(),
  sms: z.boolean(),
  email: z.boolean(),
  quietHours: z.optional(QuietHours),
  language: z.enum(['en', 'hi']),
});
export type PreferencesInput = z.infer<typeof PreferencesInput>;

export const PushDevice = z.object({ subscriptionId: z.string(), name: z.string(), addedAt: Instant });
export type PushDevice = z.infer<typeof PushDevice>;

export const PreferencesView = z.extend(PreferencesInput, {
  devices: z.array(PushDevice),
  /** What the browser's `pushManager.subscribe` needs. */
  vapidPublicKey: z.string(),
  version: z.int(),
});
export type PreferencesView = z.infer<typeof PreferencesView>;

/** The W3C PushSubscription as the browser gives it, and a name that the person knows the device by. */
export const PushSubscriptionInput = z.object({
  /** Of a push service that the deployment knows. */
  endpoint: z.url().check(z.maxLength(1000)),
  /** An uncompressed point of P-256 and sixteen bytes, base64url. */
  keys: z.object({
    p256dh: z.string().check(z.regex(/^B[\w-]{86}$/)),
    auth: z.string().check(z.regex(/^[\w-]{22}$/)),
  }),
  name: line(60),
});
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>;

/** What the team's SNS topic says about this person's own subscription. */
export const TopicView = z.object({
  state: z.enum(['none', 'pending', 'confirmed', 'removed']),
  protocol: z.optional(z.enum(['email', 'sms'])),
  /** Only the ends of it. */
  endpoint: z.optional(z.string()),
  severities: z.array(z.enum(['red', 'yellow'])),
  askedAt: z.optional(Instant),
  checkedAt: z.optional(Instant),
});
export type TopicView = z.infer<typeof TopicView>;

const severities = z.array(z.enum(['red', 'yellow'])).check(z.minLength(1), z.maxLength(2));
/** An address is asked by SNS whether it wants this; a phone is not, and must be that of the caller's own account. */
export const SubscribeTopicInput = z.discriminatedUnion('protocol', [
  z.object({ protocol: z.literal('email'), endpoint: Email, severities }),
  z.object({ protocol: z.literal('sms'), endpoint: Phone, severities }),
]);
export type SubscribeTopicInput = z.infer<typeof SubscribeTopicInput>;

/** One notice in the app: the same message however many channels carried it. */
export const Notice = z.object({
  messageId: z.string(),
  at: Instant,
  title: z.string(),
  text: z.string(),
  /** Where it leads in the app: `/patients/pat_…`. */
  path: z.optional(z.string()),
  severity: z.enum(['red', 'yellow', 'info']),
  readAt: z.optional(Instant),
});
export type Notice = z.infer<typeof Notice>;

export const InboxView = z.object({ notices: z.array(Notice), unread: z.int(), next: z.optional(z.string()) });
export type InboxView = z.infer<typeof InboxView>;

export const ReadNoticesInput = z.object({ messageIds: z.array(Id).check(z.minLength(1), z.maxLength(100)) });

export const DeliveryLogView = z.object({ entries: z.array(DeliveryEntry), next: z.optional(z.string()) });
export type DeliveryLogView = z.infer<typeof DeliveryLogView>;

export const UndeliveredView = z.object({ entries: z.array(z.extend(DeliveryEntry, { teamId: z.string() })) });
export type UndeliveredView = z.infer<typeof UndeliveredView>;

export const notificationRoutes = {
  /** → PreferencesView, ETag: the caller's own */
  preferences: 'GET /api/notifications/preferences',
  /** PreferencesInput, If-Match → PreferencesView */
  changePreferences: 'PUT /api/notifications/preferences',
  /** → PreferencesView of a patient (without devices), for staff */
  patientPreferences: 'GET /api/notifications/patients/{patientId}/preferences',
  /** PreferencesInput, If-Match → PreferencesView */
  changePatientPreferences: 'PUT /api/notifications/patients/{patientId}/preferences',
  /** PushSubscriptionInput → PushDevice; the same endpoint again is the same device */
  addPush: 'POST /api/notifications/push-subscriptions',
  removePush: 'DELETE /api/notifications/push-subscriptions/{subscriptionId}',
  /** → TopicView: the caller's own subscription to the team's topic */
  topic: 'GET /api/notifications/teams/{teamId}/topic',
  /** SubscribeTopicInput → TopicView */
  subscribeTopic: 'PUT /api/notifications/teams/{teamId}/topic',
  unsubscribeTopic: 'DELETE /api/notifications/teams/{teamId}/topic',
  /** `?cursor` → InboxView */
  inbox: 'GET /api/notifications/inbox',
  /** ReadNoticesInput → 204 */
  readNotices: 'POST /api/notifications/inbox/read',
  /** `?cursor` → DeliveryLogView */
  patientLog: 'GET /api/notifications/patients/{patientId}/log',
  /** → UndeliveredView: of every team below the organisation */
  undelivered: 'GET /api/notifications/organisations/{organisationId}/undelivered',
  /** {} → 204: put an undelivered message back on the queue */
  sendAgain: 'POST /api/notifications/teams/{teamId}/undelivered/{messageId}/again',
} as const;
