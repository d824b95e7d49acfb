import * as z from 'zod/mini';
import { Reason } from './reason.ts';

export * from './reason.ts';

const Instant = z.iso.datetime({ precision: 3 });
const LocalDate = z.iso.date();
const Id = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,80}$/));
const Note = z.string().check(z.minLength(1), z.maxLength(1000));

/** How urgent: `red` at once in working hours, `yellow` in the morning digest, `notice` on the worklist only. */
export const AlertBand = z.enum(['red', 'yellow', 'notice']);
export type AlertBand = z.infer<typeof AlertBand>;

/** triggered → acknowledged → resolved; reassigning and notes change no state. */
export const AlertState = z.enum(['triggered', 'acknowledged', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

export const outcomeKinds = [
  'reached-taken-late',
  'reached-not-taken',
  'side-effect',
  'not-reachable',
  'visit-planned',
  'admitted',
  'refused',
  'other',
] as const;
export const OutcomeKind = z.enum(outcomeKinds);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

export const outcomeWords: Readonly<Record<OutcomeKind, { readonly en: string; readonly hi: string }>> = {
  'reached-taken-late': { en: 'Reached – taken late', hi: 'बात हुई – देर से ली' },
  'reached-not-taken': { en: 'Reached – not taken', hi: 'बात हुई – नहीं ली' },
  'side-effect': { en: 'Side effect', hi: 'दवा से तकलीफ़' },
  'not-reachable': { en: 'Not reachable', hi: 'बात नहीं हो सकी' },
  'visit-planned': { en: 'Visit planned', hi: 'घर जाना तय' },
  admitted: { en: 'Admitted', hi: 'अस्पताल में भर्ती' },
  refused: { en: 'Refused', hi: 'मना किया' },
  other: { en: 'Other', hi: 'कुछ और' },
};

/** Outcomes by which somebody spoke with the patient: they stop the 48-hour clock. */
export const contactOutcomes: readonly OutcomeKind[] = [
  'reached-taken-late',
  'reached-not-taken',
  'side-effect',
  'admitted',
  'refused',
];

export const NextStep = z.object({ kind: z.enum(['call', 'visit', 'other']), on: LocalDate });
export type NextStep = z.infer<typeof NextStep>;

/** What the nurse writes when she closes an alert; `why` is asked for when the dose was not taken. */
export const ResolveInput = z.object({
  outcome: OutcomeKind,
  why: z.optional(
    z.enum(['forgot', 'side-effect', 'no-pills', 'travelling', 'felt-well', 'stigma', 'box-problem', 'other']),
  ),
  note: z.optional(Note),
  nextStep: z.optional(NextStep),
});
export type ResolveInput = z.infer<typeof ResolveInput>;

export const NoteInput = z.object({ noteId: Id, text: Note });
export const ReassignInput = z.object({ ownerId: Id });

/** Who has to act. `coverFor` when the owner stands in for somebody. */
export const OwnerView = z.object({
  userId: z.string(),
  name: z.string(),
  coverFor: z.optional(z.object({ userId: z.string(), name: z.string() })),
  /** Who had it before it climbed. */
  before: z.optional(z.object({ userId: z.string(), name: z.string() })),
});
export type OwnerView = z.infer<typeof OwnerView>;

/** A missed slot that the alert holds; `arrivedLate` once evidence came. */
export const Miss = z.object({
  localDate: LocalDate,
  slot: z.string(),
  status: z.enum(['shut', 'missed']),
  arrivedLate: z.optional(Instant),
});
export type Miss = z.infer<typeof Miss>;

/** One step by which people were told, or why a rung was skipped. */
export const Told = z.object({
  at: Instant,
  step: z.enum(['opened', 'worse', 'gate', 'climb', 'digest', 'no-need', 'moved']),
  rung: z.enum(['patient', 'supporter', 'health-worker', 'owner', 'supervisor', 'on-call', 'team']),
  userId: z.optional(z.string()),
  name: z.optional(z.string()),
  skipped: z.optional(z.enum(['no-channel', 'not-there', 'is-owner', 'after-death'])),
});
export type Told = z.infer<typeof Told>;

/** What was learnt after the alert opened; alerts are annotated, never erased. */
export const Annotation = z.object({
  at: Instant,
  kind: z.enum(['joined', 'worse', 'gate', 'arrived-late', 'moved', 'note', 'reassigned', 'reopened', 'climbed']),
  localDate: z.optional(LocalDate),
  slot: z.optional(z.string()),
  text: z.optional(z.string()),
  by: z.optional(z.string()),
  byName: z.optional(z.string()),
});
export type Annotation = z.infer<typeof Annotation>;

export const OutcomeView = z.object({
  kind: z.union([OutcomeKind, z.enum(['evidence-arrived', 'no-longer-missed', 'back-on-track', 'treatment-stopped'])]),
  why: z.optional(z.string()),
  note: z.optional(z.string()),
  nextStep: z.optional(NextStep),
  by: z.optional(z.string()),
  byName: z.optional(z.string()),
  at: Instant,
});
export type OutcomeView = z.infer<typeof OutcomeView>;

/** The name, the code and the number to call, for those who may see them. */
export const PatientTag = z.object({
  patientId: z.string(),
  code: z.string(),
  name: z.string(),
  phone: z.optional(z.string()),
});
export type PatientTag = z.infer<typeof PatientTag>;

export const AlertView = z.object({
  alertId: z.string(),
  patientId: z.string(),
  teamId: z.string(),
  patient: PatientTag,
  band: AlertBand,
  /** A week in which one miss already matters. */
  critical: z.boolean(),
  reason: Reason,
  state: AlertState,
  owner: OwnerView,
  openedAt: Instant,
  /** End of the acknowledgement time, counted in the team's working hours. */
  acknowledgeBy: z.optional(Instant),
  /** Red: somebody has spoken with the patient by then. */
  contactBy: z.optional(Instant),
  contactedAt: z.optional(Instant),
  acknowledged: z.optional(
    z.object({ by: z.string(), byName: z.string(), at: Instant, through: z.enum(['app', 'link']) }),
  ),
  misses: z.array(Miss),
  told: z.array(Told),
  annotations: z.array(Annotation),
  outcome: z.optional(OutcomeView),
  /** Until then the closing can be taken back. */
  undoUntil: z.optional(Instant),
  version: z.int(),
});
export type AlertView = z.infer<typeof AlertView>;

export const taskKinds = [
  'cannot-take',
  'ask-patient',
  'back-with-box',
  'run-out',
  'promised',
  'box-return',
  'device',
] as const;
export const TaskKind = z.enum(taskKinds);
export type TaskKind = z.infer<typeof TaskKind>;

/** What a task is answered with; which fit is said by `taskAnswers`. */
export const TaskAnswer = z.enum([
  'done',
  'taking',
  'not-taking',
  'reached',
  'not-reachable',
  'yes-back',
  'still-away',
  'refilled',
  'box-here',
  'box-lost',
  'visited',
  'side-effect',
  'other',
]);
export type TaskAnswer = z.infer<typeof TaskAnswer>;

export const taskAnswers: Readonly<Record<TaskKind, readonly TaskAnswer[]>> = {
  'cannot-take': ['reached', 'side-effect', 'not-reachable', 'other'],
  'ask-patient': ['taking', 'not-taking', 'not-reachable', 'other'],
  'back-with-box': ['yes-back', 'still-away', 'not-reachable'],
  'run-out': ['refilled', 'done', 'other'],
  promised: ['done', 'visited', 'not-reachable', 'other'],
  'box-return': ['box-here', 'box-lost'],
  device: ['done', 'box-here', 'box-lost', 'other'],
};

export const TaskView = z.object({
  taskId: z.string(),
  patientId: z.string(),
  kind: TaskKind,
  state: z.enum(['open', 'done']),
  reason: Reason,
  owner: OwnerView,
  openedAt: Instant,
  dueBy: z.optional(Instant),
  dueOn: z.optional(LocalDate),
  note: z.optional(z.string()),
  answer: z.optional(TaskAnswer),
  doneBy: z.optional(z.string()),
  doneAt: z.optional(Instant),
  version: z.int(),
});
export type TaskView = z.infer<typeof TaskView>;

export const TaskDoneInput = z.object({
  answer: TaskAnswer,
  note: z.optional(Note),
  nextStep: z.optional(NextStep),
});
export type TaskDoneInput = z.infer<typeof TaskDoneInput>;

/** A promise somebody makes without an alert: "I will call before 13:00". */
export const PromiseInput = z.object({
  taskId: Id,
  what: z.enum(['call', 'visit', 'other']),
  on: LocalDate,
  by: z.optional(Instant),
  note: z.optional(Note),
});
export type PromiseInput = z.infer<typeof PromiseInput>;

export const worklistSections = ['now', 'promised', 'ask', 'boxes'] as const;
export type WorklistSection = (typeof worklistSections)[number];

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
  dueBy: z.optional(Instant),
  dueOn: z.optional(LocalDate),
  late: z.boolean(),
  contactBy: z.optional(Instant),
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
});
export type PatientAlertsView = z.infer<typeof PatientAlertsView>;

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
  citations: z.array(z.object({ rule: z.string(), source: z.string() })),
  version: z.int(),
});
export type AlertPolicyView = z.infer<typeof AlertPolicyView>;

export const AlertPolicyInput = z.object({
  everyMiss: z.boolean(),
  acknowledgeHours: z.number().check(z.gte(0.5), z.lte(24)),
  digestAt: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
});
export type AlertPolicyInput = z.infer<typeof AlertPolicyInput>;

/** The answer to "I'm on it" from a message's link. It names nobody. */
export const OpenLinkAnswer = z.object({ outcome: z.enum(['acknowledged', 'already', 'closed', 'expired']) });
export type OpenLinkAnswer = z.infer<typeof OpenLinkAnswer>;

const patient = '/api/alerts/patients/{patientId}';

export const alertRoutes = {
  /** → WorklistView */
  worklist: 'GET /api/alerts/teams/{teamId}/worklist',
  /** → PatientAlertsView */
  patientAlerts: `GET ${patient}`,
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
  /** {} → OpenLinkAnswer, without sign-in */
  openAcknowledge: 'POST /api/open/alerts/{token}',
} as const;
