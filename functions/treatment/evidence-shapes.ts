import * as z from 'zod/mini';
import { Id, Instant, LocalDate, text } from '../shared/shapes.ts';
import { SlotName } from './plan-shapes.ts';

export const CannotReason = z.enum(['side-effect', 'vomiting', 'no-pills', 'want-to-stop', 'other']);
export type CannotReason = z.infer<typeof CannotReason>;

const Note = z.optional(text(500, 0));
const Slot = { localDate: LocalDate, slot: SlotName };
/** Made by whoever records, once: an offline queue that sends twice is recorded once. */
const evidenceId = Id;

/** The patient or a supporter says: taken. */
export const SelfTaken = z.object({ kind: z.literal('taken'), evidenceId, ...Slot, takenAt: z.optional(Instant) });
/** The patient says: I cannot take it. Reaches the nurse the same day. */
export const CannotTake = z.object({
  kind: z.literal('cannot-take'),
  evidenceId,
  ...Slot,
  reason: CannotReason,
  note: Note,
});
/** A person watched the dose. Observed only when they record it themselves on the same dosing day. */
export const Watched = z.object({
  kind: z.literal('watched'),
  evidenceId,
  ...Slot,
  watchedAt: z.optional(Instant),
  watchedBy: z.optional(Id),
  reason: Note,
});
/** Staff writes down later what they were told or found. Claimed, never observed. */
export const TypedLater = z.object({
  kind: z.literal('typed-later'),
  evidenceId,
  ...Slot,
  takenAt: z.optional(Instant),
  reason: text(500, 3),
});
/** Staff confirmed with the patient: not taken. */
export const NotTaken = z.object({
  kind: z.literal('not-taken'),
  evidenceId,
  ...Slot,
  reason: text(500, 2),
});
/** The box was opened but the dose was not swallowed: a pill count or the patient says so. Negative evidence. */
export const OpenedNotTaken = z.object({
  kind: z.literal('opened-not-taken'),
  evidenceId,
  ...Slot,
  found: z.enum(['pill-count', 'patient-said', 'test']),
  reason: text(500, 2),
});

/** What a person may post about a slot. */
export const EvidenceInput = z.discriminatedUnion('kind', [
  SelfTaken,
  CannotTake,
  Watched,
  TypedLater,
  NotTaken,
  OpenedNotTaken,
]);
export type EvidenceInput = z.infer<typeof EvidenceInput>;

/** Pills carried along, declared before the days: they will not open the box. */
export const PocketDosesInput = z.object({
  declarationId: Id,
  from: LocalDate,
  to: LocalDate,
  slots: z.optional(z.array(SlotName)),
  note: Note,
});
export type PocketDosesInput = z.infer<typeof PocketDosesInput>;

export const AwayReason = z.enum(['admitted', 'travelling-without-box', 'left-at-home', 'box-broken']);
export type AwayReason = z.infer<typeof AwayReason>;

export const AwayInput = z.object({
  awayId: Id,
  reason: AwayReason,
  from: LocalDate,
  expectedEnd: z.optional(LocalDate),
  /** Who writes the doses down meanwhile. */
  recordedBy: z.enum(['patient', 'supporter', 'ward', 'clinic', 'nobody']),
});
export type AwayInput = z.infer<typeof AwayInput>;

/** While it is open no box-based alert runs. `to` is the last day away. */
export const Away = z.extend(AwayInput, {
  to: z.optional(LocalDate),
  author: z.string(),
  at: Instant,
  endedBy: z.optional(z.string()),
  endedAt: z.optional(Instant),
  /** The question asked when the expected end has come. */
  backWithBox: z.optional(z.boolean()),
});
export type Away = z.infer<typeof Away>;

/** Several patients ticked in one list at the clinic. */
export const ClinicListInput = z.object({
  listId: Id,
  localDate: LocalDate,
  inPerson: z.boolean(),
  watchedAt: z.optional(Instant),
  reason: Note,
  ticks: z
    .array(z.object({ patientId: Id, slots: z.optional(z.array(SlotName)) }))
    .check(z.minLength(1), z.maxLength(100)),
});
export type ClinicListInput = z.infer<typeof ClinicListInput>;

/** What came of each ticked patient. */
export const ClinicListAnswer = z.object({
  results: z.array(z.object({ patientId: Id, outcome: z.enum(['recorded', 'repeated', 'nothing-due', 'refused']) })),
});
export type ClinicListAnswer = z.infer<typeof ClinicListAnswer>;

/** Quarters are the smallest that people cut. */
const PillsOf = z.object({ medicine: z.string(), pills: z.number().check(z.gte(0), z.multipleOf(0.25)) });

export const RefillInput = z.object({
  refillId: Id,
  /** Openings of the box in this interval are ignored. Default: an hour either side of now. */
  from: z.optional(Instant),
  to: z.optional(Instant),
  counted: z.array(PillsOf),
  given: z.array(PillsOf),
});
export type RefillInput = z.infer<typeof RefillInput>;

export const evidenceKinds = [
  'opening',
  'taken',
  'cannot-take',
  'watched',
  'typed-later',
  'not-taken',
  'opened-not-taken',
  'pocket-dose',
  'video-approved',
  'video-rejected',
] as const;
export const EvidenceKind = z.enum(evidenceKinds);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** One piece of evidence as shown: when it happened, when we knew, who says so. */
export const EvidenceView = z.object({
  id: z.string(),
  kind: EvidenceKind,
  happenedAt: Instant,
  knownAt: Instant,
  slot: z.optional(SlotName),
  author: z.optional(z.string()),
  authorRole: z.optional(z.string()),
  reason: z.optional(z.string()),
  note: z.optional(z.string()),
  boxId: z.optional(z.string()),
  durationSeconds: z.optional(z.number()),
  clock: z.optional(z.enum(['good', 'estimated'])),
  /** Not counted, and why: taken back (a swapped box), within a refill visit, or one of several openings at once. */
  ignored: z.optional(z.enum(['moved', 'refill-visit', 'same-moment'])),
});
export type EvidenceView = z.infer<typeof EvidenceView>;
