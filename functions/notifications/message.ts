import * as z from 'zod/mini';
import { Channel } from './contract.ts';

/** What a message says, as data. The words are made when it is sent, in the language of who reads it. */
export const templates = [
  'dose-reminder',
  'dose-reminder-again',
  'supporter-check',
  'clinic-will-call',
  'alert-opened',
  'alert-worse',
  'alert-gate',
  'alert-climbed',
  'alert-no-need',
  'cannot-take',
  'task-due',
  'digest',
  'daily-summary',
  'more-waiting',
] as const;
export const Template = z.enum(templates);
export type Template = z.infer<typeof Template>;

/** Red and yellow are an alert's; `info` never wakes anybody and never counts as immediate. */
export const Severity = z.enum(['red', 'yellow', 'info']);
export type Severity = z.infer<typeof Severity>;

const Recipient = z.object({ kind: z.enum(['patient', 'supporter', 'staff', 'team']), id: z.string() });
export type Recipient = z.infer<typeof Recipient>;

/** What the message is about; read again before it is sent, so that nothing goes out that is no longer so. */
export const About = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dose'),
    patientId: z.string(),
    planId: z.string(),
    localDate: z.string(),
    slot: z.string(),
    step: z.enum(['remind', 'remind-again']),
  }),
  z.object({
    kind: z.literal('alert'),
    patientId: z.string(),
    alertId: z.string(),
    while: z.enum(['triggered', 'open', 'any']),
  }),
  z.object({ kind: z.literal('task'), patientId: z.string(), taskId: z.string() }),
  z.object({ kind: z.literal('team'), teamId: z.string() }),
]);
export type About = z.infer<typeof About>;

/**
 * A wish that somebody hears something. `messageId` is computed from what happened, so that a repeat is the same
 * message; `at` is when it was decided, stored with the decision, so that it too is the same in each repeat.
 */
export const MessageRequest = z.object({
  messageId: z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,160}$/)),
  at: z.string(),
  to: Recipient,
  teamId: z.string(),
  template: Template,
  /** Codes, counts and words of ours: never a name, a medicine or a clinic type. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  severity: Severity,
  /** Counts to the five a day; what is not immediate has its own rhythm (digest, answer to one's own act). */
  immediate: z.boolean(),
  about: About,
  /** Reaches people outside working hours and in their quiet hours. */
  onCall: z.optional(z.boolean()),
  /** Only these; without it all that the person chose. */
  channels: z.optional(z.array(Channel)),
  /** Where it leads in the app. */
  path: z.optional(z.string()),
});
export type MessageRequest = z.infer<typeof MessageRequest>;
