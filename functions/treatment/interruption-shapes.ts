import * as z from 'zod/mini';
import { LocalDate } from '../shared/shapes.ts';

/** Every rule about interruptions. A country replaces a rule under its id; a new one needs words in each language. */
export const InterruptionRuleId = z.enum([
  'bdq-loading-missed',
  'bdq-maintenance-48h',
  'bdq-under-2-weeks',
  'bdq-2-to-8-weeks',
  'bdq-over-8-weeks',
  'bpal-reintroduce',
  'bpal-over-7-days',
  'bpal-over-limits',
  'bpal-cumulative',
  'ds-first-month-under-2-weeks',
  'ds-first-month-2-to-7-weeks',
  'ds-8-weeks',
  'ds-intensive-under-14-days',
  'ds-intensive-14-days',
  'ds-continuation-under-2-months',
  'ds-continuation-3-months',
  'lost-to-follow-up-who',
]);
export type InterruptionRuleId = z.infer<typeof InterruptionRuleId>;

export const InterruptionAdvice = z.object({
  ruleId: InterruptionRuleId,
  version: z.string(),
  citation: z.string(),
  drug: z.optional(z.string()),
  advice: z.string(),
  actions: z.array(z.enum(['continue', 'make-up', 'extend', 'reload', 'restart', 'reassess', 'outcome'])),
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type InterruptionAdvice = z.infer<typeof InterruptionAdvice>;

/** A gap that lasts, in dosing days up to yesterday, and what the rules make of it. */
const Gap = z.object({
  from: LocalDate,
  days: z.int(),
  /** Of these days nobody knows whether the dose was taken. */
  notKnownDays: z.int(),
  /** On these days a doctor had put it on hold. */
  heldDays: z.int(),
  /** Without a dose since treatment began, this gap included; of them so many not known. */
  inAllDays: z.int(),
  inAllNotKnownDays: z.int(),
  treatmentDay: z.int(),
  /** Only this drug, by its generic name; the whole regimen when absent. */
  drug: z.optional(z.string()),
  advice: z.array(InterruptionAdvice),
});

/** Of the whole regimen, and of a drug alone. */
export const InterruptionView = z.object({ gaps: z.array(Gap) });
export type InterruptionView = z.infer<typeof InterruptionView>;
