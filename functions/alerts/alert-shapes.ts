import * as z from 'zod/mini';
import { DeliveryEntry } from '../notifications/delivery-shapes.ts';
import { Id, Instant, LocalDate, text } from '../shared/shapes.ts';
import { Reason } from './reason.ts';

export const Note = text(1000);

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

/** Outcomes by which somebody spoke with the patient: they stop the 48-hour clock. Who refuses has not been spoken with. */
export const contactOutcomes: readonly OutcomeKind[] = [
  'reached-taken-late',
  'reached-not-taken',
  'side-effect',
  'admitted',
];

const unfinished: readonly OutcomeKind[] = ['not-reachable', 'refused', 'visit-planned'];

/**
 * Whether an alert closes with this outcome only together with a dated next step: when nobody reached the patient, and for
 * a red one whenever nobody has spoken with them yet. Otherwise nobody would think of them again.
 */
export function needsNextStep(
  { contactBy, contactedAt }: { readonly contactBy?: string | undefined; readonly contactedAt?: string | undefined },
  outcome: OutcomeKind,
): boolean {
  if (unfinished.includes(outcome)) return true;
  return contactBy !== undefined && contactedAt === undefined && !contactOutcomes.includes(outcome);
}

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
  /** Who was on it as the closer knew: only with their id is an alert closed that somebody else has said "I'm on it" to. */
  insteadOf: z.optional(Id),
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

/** What became of telling somebody, a line a channel: nothing while the message waits to be sent. A team is told by its topic. */
export const Telling = z.object({
  at: Instant,
  step: Told.shape.step,
  to: z.string(),
  deliveries: z.array(
    z.object({
      channel: DeliveryEntry.shape.channel,
      state: DeliveryEntry.shape.state,
      requestedAt: Instant,
      sentAt: z.optional(Instant),
    }),
  ),
});
export type Telling = z.infer<typeof Telling>;

export const WhoWasToldView = z.object({ tellings: z.array(Telling) });
export type WhoWasToldView = z.infer<typeof WhoWasToldView>;

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
