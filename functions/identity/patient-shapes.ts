import * as z from 'zod/mini';
import { ClockTime, Email, Id, Instant, LocalDate, line, Phone, text, Zone } from '../shared/shapes.ts';
import { Language } from './language-shapes.ts';

/** `GUM-0388-2`: facility, number, check character. */
export const MedicalCode = z.string().check(z.regex(/^[A-Z]{3}-\d{4,7}-[0-9A-Z]$/));
export type MedicalCode = z.infer<typeof MedicalCode>;

export const Sex = z.enum(['female', 'male', 'other', 'unknown']);

/** The day, or the age in years when nobody knows the day. */
export const Age = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('born'), on: LocalDate }),
  z.object({ kind: z.literal('years'), years: z.int().check(z.gte(0), z.lte(120)) }),
]);
export type Age = z.infer<typeof Age>;

/** `none`: nobody can be called or written to; steps that need a phone are skipped at once and say so. */
export const Reach = z.object({
  use: z.enum(['own', 'shared', 'none']),
  phone: z.optional(Phone),
  /** Hours in which a message is safe, wall-clock in the patient's zone. */
  safeHours: z.optional(z.object({ from: ClockTime, to: ClockTime })),
});
export type Reach = z.infer<typeof Reach>;

export const Who = z.object({
  name: line(120),
  age: Age,
  sex: Sex,
  language: Language,
  /** IANA; the facility's when absent. */
  zone: z.optional(Zone),
  address: z.optional(text(300, 0)),
});
export type Who = z.infer<typeof Who>;

export const purposes = ['treatment', 'box', 'messages', 'supporter', 'research'] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

export const ConsentInput = z.object({
  consentId: Id,
  way: z.enum(['on-screen', 'on-paper', 'spoken']),
  /** Version of the text that was read. */
  textVersion: line(20),
  language: Language,
  purposes: z.array(Purpose).check(z.minLength(1)),
  /** Spoken: who heard it; the recording member of staff when absent. */
  heardBy: z.optional(line(120)),
});
export type ConsentInput = z.infer<typeof ConsentInput>;

export const ConsentView = z.extend(ConsentInput, {
  recordedBy: z.string(),
  recordedByName: z.string(),
  at: Instant,
  withdrawnAt: z.optional(Instant),
  withdrawnBy: z.optional(z.string()),
  /** Absent: all of it. */
  withdrawnPurposes: z.optional(z.array(Purpose)),
  /** The box in the patient's hands when they took back `box`. */
  boxToFetch: z.optional(z.string()),
});
export type ConsentView = z.infer<typeof ConsentView>;
export const ConsentsView = z.object({ consents: z.array(ConsentView) });
export const WithdrawInput = z.object({ purposes: z.optional(z.array(Purpose).check(z.minLength(1))) });

/** What one supporter sees beyond today and the calendar: nothing, unless the patient turned it on. */
export const Sees = z.object({
  medicines: z.boolean(),
  diagnosis: z.boolean(),
  history: z.boolean(),
  /** The patient's number, to call with one tap. */
  phone: z.optional(z.boolean()),
});
export type Sees = z.infer<typeof Sees>;
export const SupporterInput = z.object({
  supporterId: Id,
  name: line(120),
  relation: z.optional(line(40, 0)),
  phone: z.optional(Phone),
  email: z.optional(Email),
  language: z.optional(Language),
  sees: z.optional(Sees),
  /** True: sends a link by which they make an account. False: a person to call, without an account. */
  invite: z.boolean(),
});
export type SupporterInput = z.infer<typeof SupporterInput>;
export const SupporterView = z.object({
  supporterId: z.string(),
  name: z.string(),
  relation: z.optional(z.string()),
  phone: z.optional(z.string()),
  email: z.optional(z.string()),
  language: z.string(),
  state: z.enum(['contact', 'invited', 'joined', 'removed']),
  userId: z.optional(z.string()),
  sees: Sees,
  invitedAt: z.optional(Instant),
});
export type SupporterView = z.infer<typeof SupporterView>;
export const SupportersView = z.object({ supporters: z.array(SupporterView) });
export const SupporterChange = z.object({ sees: Sees });

/** A patient as staff know them. `name` is one field, as people here have one to four names. */
export const PatientProfile = z.object({
  patientId: Id,
  code: MedicalCode,
  name: z.string(),
  age: Age,
  /** The day on which `years` was said. */
  ageSaidOn: LocalDate,
  sex: Sex,
  language: Language,
  zone: Zone,
  address: z.optional(z.string()),
  reach: Reach,
  email: z.optional(z.string()),
  teamId: Id,
  facilityId: Id,
  /** The patient's own account, when there is one. */
  userId: z.optional(z.string()),
  enrolledAt: Instant,
  enrolledBy: z.string(),
  /** Set with the reason when treatment ended by death: nothing may be sent any more. */
  diedOn: z.optional(LocalDate),
  version: z.int(),
});
export type PatientProfile = z.infer<typeof PatientProfile>;

export const ProfileChange = z.object({
  name: z.optional(line(120)),
  age: z.optional(Age),
  sex: z.optional(Sex),
  language: z.optional(Language),
  zone: z.optional(Zone),
  address: z.optional(z.nullable(text(300, 0))),
  reach: z.optional(Reach),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

/** Read out or printed once; holds for 14 days and one account. */
export const ActivationView = z.object({ activation: z.string(), card: MedicalCode, expiresAt: Instant });
