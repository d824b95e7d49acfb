import * as z from 'zod/mini';
import { AlertBand, AlertState, Annotation, Miss, OutcomeView, Told } from './contract.ts';
import { Reason } from './reason.ts';

/** A patient's one open adherence alert, as stored. After its end it stays as it ended until the next one opens. */
export const Alert = z.object({
  alertId: z.string(),
  patientId: z.string(),
  patientCode: z.string(),
  teamId: z.string(),
  band: AlertBand,
  critical: z.boolean(),
  reason: Reason,
  state: AlertState,
  /** The person whom the team's rules, a climb or a colleague named. A cover is looked up when it is shown or told. */
  ownerId: z.string(),
  ownerBy: z.enum(['team', 'climb', 'person']),
  ownerBefore: z.optional(z.string()),
  /** How often it has climbed. */
  rung: z.number(),
  /** The greatest of 7, 14, 28, 56 days that staff have been told of. */
  gate: z.number(),
  openedAt: z.string(),
  acknowledgeBy: z.optional(z.string()),
  contactBy: z.optional(z.string()),
  contactedAt: z.optional(z.string()),
  acknowledgedBy: z.optional(z.string()),
  acknowledgedAt: z.optional(z.string()),
  acknowledgedThrough: z.optional(z.enum(['app', 'link'])),
  misses: z.array(Miss),
  told: z.array(Told),
  annotations: z.array(Annotation),
  outcome: z.optional(OutcomeView),
  resolvedAt: z.optional(z.string()),
  /** Misses up to this dosing day were dealt with by whoever closed it. */
  handledThrough: z.optional(z.string()),
  policyVersion: z.string(),
  version: z.number(),
});
export type Alert = z.infer<typeof Alert>;

/** An item holds so many; older ones stay in the archive of alerts and in the audit. */
const longestList = 24;

export function annotated(alert: Alert, ...annotations: readonly Annotation[]): Alert {
  return { ...alert, annotations: [...alert.annotations, ...annotations].slice(-longestList) };
}

export function toldOf(alert: Alert, ...told: readonly Told[]): Alert {
  return { ...alert, told: [...alert.told, ...told].slice(-longestList) };
}

type OpenAlert = Alert & { readonly state: 'triggered' | 'acknowledged' };

export function isOpen(alert: Alert | undefined): alert is OpenAlert {
  return alert !== undefined && alert.state !== 'resolved';
}

/** Which states a verb may start from; the store makes its condition of it. */
export const legalBefore = {
  acknowledge: ['triggered'],
  resolve: ['triggered', 'acknowledged', 'resolved'],
  annotate: ['triggered', 'acknowledged', 'resolved'],
  evaluate: ['triggered', 'acknowledged'],
  climb: ['triggered'],
  reassign: ['triggered', 'acknowledged'],
  undo: ['resolved'],
} as const satisfies Record<string, readonly AlertState[]>;
export type Verb = keyof typeof legalBefore;
