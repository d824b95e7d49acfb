import * as z from 'zod/mini';
import { ClockTime, Instant, LocalDate } from '../shared/shapes.ts';
import { AlertBand, AlertState, AlertView, OwnerView, PatientTag } from './alert-shapes.ts';
import { PatientNote } from './note-shapes.ts';
import { Reason } from './reason.ts';
import { TaskKind, TaskView } from './task-shapes.ts';

export * from './alert-shapes.ts';
export * from './note-shapes.ts';
export * from './reason.ts';
export * from './task-shapes.ts';

export const worklistSections = ['now', 'promised', 'ask', 'boxes'] as const;
export type WorklistSection = (typeof worklistSections)[number];

/** What else is to be done about the patient of a row. */
export const WorkMatter = z.object({
  rowId: z.string(),
  kind: z.enum(['alert', 'task']),
  taskKind: z.optional(TaskKind),
  reason: Reason,
  note: z.optional(z.string()),
  mine: z.boolean(),
});
export type WorkMatter = z.infer<typeof WorkMatter>;

/** One line of the worklist, an alert or a task: why, whose, until when, whom to call. */
export const WorkRow = z.object({
  rowId: z.string(),
  kind: z.enum(['alert', 'task']),
  taskKind: z.optional(TaskKind),
  patient: PatientTag,
  boxId: z.optional(z.string()),
  band: z.optional(AlertBand),
  critical: z.boolean(),
  state: z.union([AlertState, z.literal('open')]),
  reason: Reason,
  note: z.optional(z.string()),
  owner: OwnerView,
  mine: z.boolean(),
  openedAt: Instant,
  /** The earliest duty that is still open. */
  dueBy: z.optional(Instant),
  duty: z.optional(z.enum(['acknowledge', 'contact'])),
  /** When `dueBy` lies outside the team's working time: the last moment to do it at work. */
  dueWithin: z.optional(Instant),
  dueOn: z.optional(LocalDate),
  late: z.boolean(),
  contactBy: z.optional(Instant),
  /** In `now` a patient has one row. Band and deadline are those of everything in it; closing one leaves the others. */
  also: z.optional(z.array(WorkMatter)),
  version: z.int(),
});
export type WorkRow = z.infer<typeof WorkRow>;

export const WorklistView = z.object({
  teamId: z.string(),
  asOf: Instant,
  now: z.array(WorkRow),
  promised: z.array(WorkRow),
  ask: z.array(WorkRow),
  boxes: z.array(WorkRow),
  /** The rows themselves come from `/api/reports/teams/{teamId}/not-yet`. */
  notYet: z.object({ count: z.int(), critical: z.int(), openUntil: z.optional(Instant) }),
  /** "2 of 5 messages to you today, for 150 patients." */
  load: z.object({ sent: z.int(), of: z.int(), patients: z.int() }),
  acknowledgeHours: z.number(),
});
export type WorklistView = z.infer<typeof WorklistView>;

export const PatientAlertsView = z.object({
  current: z.optional(AlertView),
  /** Closed ones, newest first. */
  before: z.array(AlertView),
  tasks: z.array(TaskView),
  /** What staff wrote about the patient, newest first. */
  notes: z.array(PatientNote),
});
export type PatientAlertsView = z.infer<typeof PatientAlertsView>;

/** What a policy decides and must be able to say why: the words are the reader's, the numbers stand in the view. */
export const CitedRule = z.enum(['bands', 'contact', 'loading', 'gates', 'no-news', 'load']);
export type CitedRule = z.infer<typeof CitedRule>;

/** Who is told when, per team; every number with the source it was taken from. */
export const AlertPolicyView = z.object({
  teamId: z.string(),
  policyVersion: z.string(),
  /** Tell at once about each single miss, not only by band. */
  everyMiss: z.boolean(),
  acknowledgeHours: z.number(),
  contactHours: z.number(),
  immediatePerDay: z.int(),
  noNewsDays: z.int(),
  noNewsDaysCritical: z.int(),
  digestAt: z.string(),
  gates: z.array(z.int()),
  citations: z.array(z.object({ rule: CitedRule, source: z.string() })),
  version: z.int(),
});
export type AlertPolicyView = z.infer<typeof AlertPolicyView>;

export const AlertPolicyInput = z.object({
  everyMiss: z.boolean(),
  acknowledgeHours: z.number().check(z.gte(0.5), z.lte(24)),
  digestAt: ClockTime,
});
export type AlertPolicyInput = z.infer<typeof AlertPolicyInput>;

/** The token of a message's link, in the body: addresses stand in logs. */
export const OpenLinkInput = z.object({ token: z.string().check(z.maxLength(100)) });

/** The answer to "I'm on it" from a message's link. It names nobody. */
export const OpenLinkAnswer = z.object({ outcome: z.enum(['acknowledged', 'already', 'closed', 'expired']) });
export type OpenLinkAnswer = z.infer<typeof OpenLinkAnswer>;

const patient = '/api/alerts/patients/{patientId}';

export const alertRoutes = {
  /** → WorklistView */
  worklist: 'GET /api/alerts/teams/{teamId}/worklist',
  /** → PatientAlertsView */
  patientAlerts: `GET ${patient}`,
  /** → WhoWasToldView */
  told: `GET ${patient}/alerts/{alertId}/told`,
  /** → AlertView, ETag */
  alert: `GET ${patient}/alerts/{alertId}`,
  /** "I'm on it". {} → AlertView; a second one is answered with the first */
  acknowledge: `POST ${patient}/alerts/{alertId}/acknowledge`,
  /** ResolveInput → AlertView */
  resolve: `POST ${patient}/alerts/{alertId}/resolve`,
  /** {} → AlertView; within `undoUntil` */
  undo: `POST ${patient}/alerts/{alertId}/undo`,
  /** NoteInput → AlertView */
  note: `POST ${patient}/alerts/{alertId}/notes`,
  /** NoteInput → PatientNote; needs no alert */
  notePatient: `POST ${patient}/notes`,
  /** ReassignInput → AlertView */
  reassign: `POST ${patient}/alerts/{alertId}/reassign`,
  /** TaskDoneInput → TaskView */
  taskDone: `POST ${patient}/tasks/{taskId}/done`,
  /** {} → TaskView */
  taskUndo: `POST ${patient}/tasks/{taskId}/undo`,
  /** PromiseInput → TaskView */
  promise: `POST ${patient}/tasks`,
  /** → AlertPolicyView, ETag */
  policy: 'GET /api/alerts/teams/{teamId}/policy',
  /** AlertPolicyInput, If-Match → AlertPolicyView */
  changePolicy: 'PUT /api/alerts/teams/{teamId}/policy',
  /** OpenLinkInput → OpenLinkAnswer, without sign-in */
  openAcknowledge: 'POST /api/open/alerts',
} as const;
