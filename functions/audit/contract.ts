import * as z from 'zod/mini';
import { Instant } from '../shared/shapes.ts';

/** One line of who did what to whose record, and why it was allowed or refused. */
export const AuditLine = z.object({
  id: z.string(),
  at: Instant,
  actorId: z.string(),
  /** Name of the person, when they have an account. */
  actorName: z.optional(z.string()),
  actorRole: z.optional(z.string()),
  action: z.string(),
  outcome: z.enum(['allowed', 'refused']),
  /** `care team`, `cover`, `supporter`, `own record`, `administrator`, `no relation` … */
  why: z.string(),
  reason: z.optional(z.string()),
  /** What it was about, for who administers: the id of a patient, a team, an organisation or a box. */
  subjectId: z.optional(z.string()),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** Newest first. `month` is the one that was read; `next` goes on, into earlier months too. */
export const AuditView = z.object({ lines: z.array(AuditLine), next: z.optional(z.string()) });
export type AuditView = z.infer<typeof AuditView>;

export const AuditQuery = z.object({ cursor: z.optional(z.string().check(z.maxLength(600))) });

export const auditRoutes = {
  /** Who saw my record: the patient's own question → AuditView */
  whoSaw: 'GET /api/audit/patients/{patientId}/who-saw',
  /** What was refused below an organisation: for its administrators → AuditView */
  refusals: 'GET /api/audit/organisations/{organisationId}/refusals',
} as const;
