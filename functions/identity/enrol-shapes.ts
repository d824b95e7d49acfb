import * as z from 'zod/mini';
import { BoxId } from '../devices/box-id.ts';
import { ClockTime, Id, Instant, LocalDate } from '../shared/shapes.ts';
import { ConsentInput, MedicalCode, Reach, SupporterInput, Who } from './patient-shapes.ts';

const SlotName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,15}$/));

export const EnrolPlan = z.object({
  templateId: z.string().check(z.maxLength(60)),
  start: LocalDate,
  weightKg: z.optional(z.number().check(z.gte(1), z.lte(300))),
  times: z.optional(z.record(SlotName, ClockTime)),
});
export type EnrolPlan = z.infer<typeof EnrolPlan>;
export const EnrolBox = z.object({ boxId: BoxId });

/** What a sitting knows so far. */
export const EnrolGiven = z.object({
  who: z.optional(Who),
  consent: z.optional(ConsentInput),
  plan: z.optional(EnrolPlan),
  box: z.optional(EnrolBox),
  reach: z.optional(Reach),
  supporter: z.optional(SupporterInput),
});
export type EnrolGiven = z.infer<typeof EnrolGiven>;

/**
 * One sitting at the bedside. Any part may come later: send what there is, again with more of it. The patient exists from
 * `who` and `consent` on; plan, box and supporter are carried out as they come. Sending the same twice changes nothing.
 * `null` takes back a supporter that was not carried out, or the box, carried out or not. Another box is given in place of
 * the one before; a consent with more purposes is recorded beside the one before, under an id of its own.
 */
export const EnrolRequest = z.extend(EnrolGiven, {
  box: z.optional(z.nullable(EnrolBox)),
  supporter: z.optional(z.nullable(SupporterInput)),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const enrolSteps = ['who', 'consent', 'plan', 'box', 'reach', 'supporter'] as const;
export const EnrolStep = z.enum(enrolSteps);
export type EnrolStep = z.infer<typeof EnrolStep>;

/** `saved`: kept, not carried out yet (e.g. a plan before the consent). `refused`: `problems` says why. */
export const StepState = z.enum(['empty', 'saved', 'done', 'refused']);

export const EnrolmentView = z.object({
  enrolmentId: Id,
  teamId: Id,
  state: z.enum(['open', 'finished', 'abandoned']),
  startedAt: Instant,
  startedBy: z.string(),
  given: EnrolGiven,
  steps: z.record(EnrolStep, StepState),
  problems: z.array(z.object({ step: EnrolStep, code: z.string(), detail: z.string() })),
  patientId: z.optional(Id),
  code: z.optional(MedicalCode),
  planId: z.optional(Id),
  /** From when the box belongs to the patient: `GET /api/devices/boxes/{boxId}/heard?since=` asks for the first opening. */
  boxSince: z.optional(Instant),
  version: z.int(),
});
export type EnrolmentView = z.infer<typeof EnrolmentView>;
export const EnrolmentsView = z.object({ enrolments: z.array(EnrolmentView) });
