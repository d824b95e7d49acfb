import * as z from 'zod/mini';
import { Channel } from '../notifications/delivery-shapes.ts';
import { UndeliveredReason } from '../notifications/why-undelivered.ts';
import { Instant, LocalDate } from '../shared/shapes.ts';

const Status = z.enum(['seen', 'opened', 'said', 'shut', 'missed', 'waiting', 'silent', 'hold', 'away', 'yet']);

/** One slot of the patient's dosing day, as a list shows it. */
export const CaseSlot = z.object({
  name: z.string(),
  status: Status,
  plannedAt: Instant,
  closesAt: Instant,
  critical: z.boolean(),
});
export type CaseSlot = z.infer<typeof CaseSlot>;

/** One patient in a list. */
export const CaseRow = z.object({
  patientId: z.string(),
  teamId: z.string(),
  code: z.string(),
  name: z.string(),
  phone: z.optional(z.string()),
  localDate: z.optional(LocalDate),
  slots: z.array(CaseSlot),
  /** One letter a day, oldest first, ending at `localDate`; `-` when nothing was due. Letters of `doseStatuses`. */
  days28: z.string(),
  alert: z.optional(z.object({ alertId: z.string(), band: z.enum(['red', 'yellow', 'notice']), state: z.string() })),
  box: z.optional(z.object({ boxId: z.string(), lastHeardAt: z.optional(Instant), ticket: z.optional(z.string()) })),
  plan: z.optional(z.object({ planId: z.string(), title: z.string(), status: z.string() })),
  runsOutOn: z.optional(LocalDate),
  away: z.optional(z.string()),
  updatedAt: Instant,
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CaseloadView = z.object({ patients: z.array(CaseRow), total: z.int(), next: z.optional(z.string()) });
export type CaseloadView = z.infer<typeof CaseloadView>;

/** Whose dose is open and not answered. */
export const NotYetView = z.object({
  asOf: Instant,
  openUntil: z.optional(Instant),
  critical: z.int(),
  patients: z.array(CaseRow),
});
export type NotYetView = z.infer<typeof NotYetView>;

/** "Red patients contacted within 48 h", and how long contact took. Minutes from the opening of the alert. */
export const ProgrammeLine = z.object({
  from: LocalDate,
  to: LocalDate,
  red: z.int(),
  contactedWithin48h: z.int(),
  /** Red ones whose 48 hours are over and who were not contacted. */
  late: z.int(),
  stillOpen: z.int(),
  medianMinutesToContact: z.optional(z.number()),
});
export type ProgrammeLine = z.infer<typeof ProgrammeLine>;

/** An admin's home, in this fixed order: what nobody owns, what did not arrive, who was not reached, what boxes said in vain. */
export const AdminHome = z.object({
  organisationId: z.string(),
  asOf: Instant,
  unowned: z.array(
    z.object({
      alertId: z.string(),
      patientId: z.string(),
      teamId: z.string(),
      code: z.string(),
      band: z.string(),
      openedAt: Instant,
    }),
  ),
  undelivered: z.array(
    z.object({
      messageId: z.string(),
      teamId: z.string(),
      channel: Channel,
      requestedAt: Instant,
      reason: UndeliveredReason,
      /** The word that was written down when sending was given up, for who looks closer. */
      why: z.optional(z.string()),
    }),
  ),
  noContact: z.array(
    z.object({
      alertId: z.string(),
      patientId: z.string(),
      teamId: z.string(),
      code: z.string(),
      ownerName: z.string(),
      openedAt: Instant,
      contactBy: Instant,
    }),
  ),
  quarantine: z.object({ count: z.int(), newestAt: z.optional(Instant) }),
  teams: z.array(
    z.object({ teamId: z.string(), name: z.string(), patients: z.int(), red: z.int(), line: ProgrammeLine }),
  ),
});
export type AdminHome = z.infer<typeof AdminHome>;

export const reportRoutes = {
  /** `?search&cursor&limit` → CaseloadView, by name */
  caseload: 'GET /api/reports/teams/{teamId}/patients',
  /** → NotYetView */
  notYet: 'GET /api/reports/teams/{teamId}/not-yet',
  /** `?from&to` → ProgrammeLine */
  programme: 'GET /api/reports/teams/{teamId}/programme',
  /** → AdminHome */
  adminHome: 'GET /api/reports/organisations/{organisationId}/home',
} as const;
