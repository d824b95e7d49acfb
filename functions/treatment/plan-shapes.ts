import * as z from 'zod/mini';
import { ClockTime, Id, Instant, LocalDate, Zone } from '../shared/shapes.ts';

/** A slot's name inside its plan: `morning`, `evening`. Part of computed slot ids, so no separators. */
export const SlotName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,15}$/));

/** The pill drawings the app has. A medicine names one; patients who read little recognise the drawing, not the name. */
export const pictureKeys = [
  'round-white',
  'round-scored',
  'round-rose',
  'round-yellow',
  'oval-white',
  'oval-scored',
  'oval-rose',
  'capsule-white',
  'capsule-scored',
  'capsule-rose',
  'capsule-rose-white',
  'sachet',
] as const;
export const PictureKey = z.enum(pictureKeys);
export type PictureKey = z.infer<typeof PictureKey>;

export const Food = z.enum(['with-food', 'empty-stomach', 'any']);
export type Food = z.infer<typeof Food>;

/** A product as dispensed (FHIR Medication): one strength, one form, one drawing. */
export const Medicine = z.object({
  code: z.string().check(z.regex(/^[a-z0-9-]{2,40}$/)),
  name: z.string(),
  short: z.string(),
  coding: z.array(z.object({ system: z.enum(['atc', 'rxnorm']), code: z.string() })),
  strength: z.string(),
  form: z.enum(['tablet', 'dispersible-tablet', 'capsule', 'sachet']),
  picture: PictureKey,
  food: Food,
  milligrams: z.optional(z.number()),
});
export type Medicine = z.infer<typeof Medicine>;

/** On which dosing days a step applies. Every-other-day counts from the drug's own first day. */
export const Repeat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('daily') }),
  z.object({
    kind: z.literal('weekdays'),
    /** ISO weekdays, Monday is 1. */
    weekdays: z.array(z.int().check(z.gte(1), z.lte(7))).check(z.minLength(1), z.maxLength(7)),
  }),
  z.object({ kind: z.literal('every-other-day') }),
]);
export type Repeat = z.infer<typeof Repeat>;

/** Quarter tablets are the smallest that people cut. */
export const PillCount = z.number().check(z.multipleOf(0.25), z.positive(), z.lte(40));

/** Weeks in which a single miss already matters, by the rule that says so. */
export const CriticalPeriod = z.enum(['bedaquiline-loading', 'linezolid-first-9-weeks']);
export type CriticalPeriod = z.infer<typeof CriticalPeriod>;

/**
 * One line of a drug's schedule (FHIR dosageInstruction). Steps follow each other: loading for 14 days, then
 * maintenance. `n` times a day is `n` doses. A step without `days` lasts until the drug or the plan ends.
 */
export const DosageStep = z.object({
  label: z.optional(z.enum(['loading', 'maintenance', 'reload', 'reduced'])),
  days: z.optional(z.int().check(z.gte(1), z.lte(1500))),
  repeat: Repeat,
  doses: z.array(z.object({ slot: SlotName, count: PillCount })).check(z.minLength(1), z.maxLength(6)),
  critical: z.optional(CriticalPeriod),
});
export type DosageStep = z.infer<typeof DosageStep>;

export const Drug = z.object({
  medicine: Medicine.shape.code,
  /** First dosing day of this drug; the plan's start plus `startsAfterDays` when absent. */
  start: z.optional(LocalDate),
  startsAfterDays: z.optional(z.int().check(z.gte(0), z.lte(1500))),
  end: z.optional(LocalDate),
  /** False for what is kept elsewhere (a fridge, the clinic): the box cannot speak for it. */
  inBox: z.boolean(),
  steps: z.array(DosageStep).check(z.minLength(1), z.maxLength(8)),
});
export type Drug = z.infer<typeof Drug>;

export const SlotTime = z.object({ name: SlotName, time: ClockTime });
export type SlotTime = z.infer<typeof SlotTime>;

export const Phase = z.object({
  name: z.string().check(z.regex(/^[a-z0-9-]{1,24}$/)),
  /** Length in dosing days; the last phase may be open. */
  days: z.optional(z.int().check(z.gte(1), z.lte(1500))),
});
export type Phase = z.infer<typeof Phase>;

/** What is prescribed, apart from when it starts: the body of a template and of each version of a plan. */
export const Prescription = z.object({
  slots: z.array(SlotTime).check(z.minLength(1), z.maxLength(6)),
  drugs: z.array(Drug).check(z.minLength(1), z.maxLength(16)),
  phases: z.array(Phase).check(z.minLength(1), z.maxLength(6)),
});
export type Prescription = z.infer<typeof Prescription>;

export const RegimenTemplate = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  citation: z.string(),
  /** Which data of the patient choose the dose. */
  needsWeight: z.boolean(),
  bands: z.array(z.object({ fromKg: z.number(), belowKg: z.nullable(z.number()), prescription: Prescription })),
});
export type RegimenTemplate = z.infer<typeof RegimenTemplate>;

/** When a dosing day begins unless a plan says otherwise. */
export const usualDayRollsAt = '03:00';

/** A version of a plan holds from a local date until the next version's. */
export const PlanVersion = z.object({
  n: z.int(),
  from: LocalDate,
  zone: Zone,
  /** Wall-clock time at which a dosing day begins; a dose at 00:30 belongs to the evening before. */
  dayRollsAt: ClockTime,
  slots: z.array(SlotTime),
  drugs: z.array(Drug),
  reason: z.optional(z.string()),
  author: z.string(),
  authoredOn: Instant,
});
export type PlanVersion = z.infer<typeof PlanVersion>;

export const Hold = z.object({
  id: Id,
  from: LocalDate,
  /** Last day on hold; open while absent. */
  to: z.optional(LocalDate),
  /** Absent: the whole plan. */
  drugs: z.optional(z.array(z.string())),
  reason: z.string(),
  author: z.string(),
  at: Instant,
});
export type Hold = z.infer<typeof Hold>;

export const StopReason = z.enum(['completed', 'died', 'lost-to-follow-up', 'transferred', 'stopped-by-clinician']);
export type StopReason = z.infer<typeof StopReason>;

/** A visit at which the box was refilled: its openings are nobody's dose. Pill counts feed the run-out date. */
export const Refill = z.object({
  id: Id,
  from: Instant,
  to: Instant,
  localDate: LocalDate,
  counted: z.array(z.object({ medicine: z.string(), pills: z.number().check(z.gte(0)) })),
  given: z.array(z.object({ medicine: z.string(), pills: z.number().check(z.gte(0)) })),
  author: z.string(),
  at: Instant,
});
export type Refill = z.infer<typeof Refill>;

/** FHIR MedicationRequest in our words: `status` and `intent` are FHIR's. */
export const MedicationPlan = z.object({
  planId: Id,
  patientId: Id,
  status: z.enum(['active', 'on-hold', 'completed', 'stopped']),
  intent: z.literal('order'),
  templateId: z.optional(z.string()),
  title: z.string(),
  start: LocalDate,
  /** Last dosing day, inclusive. */
  end: z.optional(LocalDate),
  weightKg: z.optional(z.number()),
  phases: z.array(Phase),
  versions: z.array(PlanVersion).check(z.minLength(1)),
  holds: z.array(Hold),
  refills: z.array(Refill),
  runsOutOn: z.optional(LocalDate),
  stopped: z.optional(
    z.object({ reason: StopReason, on: LocalDate, at: Instant, author: z.string(), note: z.optional(z.string()) }),
  ),
  version: z.int(),
});
export type MedicationPlan = z.infer<typeof MedicationPlan>;
