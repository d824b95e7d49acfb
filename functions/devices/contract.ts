import * as z from 'zod/mini';
import { Id, Instant, line, text } from '../shared/shapes.ts';
import { BoxId } from './box-id.ts';
import { TicketReason } from './ticket-shapes.ts';

export { BoxId } from './box-id.ts';
export { TelemetryBatch, TelemetryEvent, TelemetryMessage, telemetryLimits } from './telemetry-shapes.ts';
export * from './ticket-shapes.ts';

/** What a person needs to know of a box in one word. The first that holds, in this order. */
export const BoxCondition = z.enum(['retired', 'lost', 'revoked', 'never-heard', 'silent', 'battery-low', 'ok']);
export type BoxCondition = z.infer<typeof BoxCondition>;

/** Alarm times are wall-clock `HH:mm` in the holder's zone. */
export const AlarmView = z.object({
  requested: z.array(z.string()),
  requestedAt: z.optional(Instant),
  /** What the box says it does: "asked for 20:00, box confirmed at …". */
  confirmed: z.optional(z.array(z.string())),
  confirmedAt: z.optional(Instant),
  /** The box has confirmed exactly what was asked last. */
  inStep: z.boolean(),
});
export type AlarmView = z.infer<typeof AlarmView>;

/** A stretch of time in which a patient held the box; `to` is open while they still do. */
export const AllocationView = z.object({ patientId: Id, from: Instant, to: z.optional(Instant) });
export type AllocationView = z.infer<typeof AllocationView>;

export const BoxView = z.object({
  boxId: BoxId,
  serial: z.string(),
  model: z.string(),
  facilityId: Id,
  condition: BoxCondition,
  uploadIntervalHours: z.number(),
  batteryMillivolts: z.optional(z.int()),
  battery: z.enum(['ok', 'low', 'unknown']),
  signalDbm: z.optional(z.int()),
  /** When anything last reached us. */
  lastHeardAt: z.optional(Instant),
  /** The box has reported up to here: with no opening, what came before was shut (but for gaps). */
  heardThrough: z.optional(Instant),
  lastOpenedAt: z.optional(Instant),
  /** When it counts as silent if nothing comes. */
  silentFrom: z.optional(Instant),
  holder: z.optional(z.object({ patientId: Id, from: Instant })),
  alarm: AlarmView,
  openTicket: z.optional(z.string()),
});
export type BoxView = z.infer<typeof BoxView>;

/** One thing to do about a box. There is at most one open per box; reasons join it, evidence closes it. */
export const TicketView = z.object({
  ticketId: z.string(),
  boxId: BoxId,
  patientId: z.optional(Id),
  teamId: z.optional(Id),
  state: z.enum(['open', 'closed']),
  reasons: z.array(TicketReason),
  openedAt: Instant,
  /** When the box was last heard as the ticket opened. */
  lastHeardAt: z.optional(Instant),
  batteryMillivolts: z.optional(z.int()),
  closedAt: z.optional(Instant),
  closedBy: z.optional(z.enum(['heard again', 'charged', 'returned', 'lost', 'swapped'])),
});
export type TicketView = z.infer<typeof TicketView>;

export const CertificateView = z.object({
  certificateId: z.string(),
  createdAt: Instant,
  state: z.enum(['active', 'revoked']),
  revokedAt: z.optional(Instant),
});

export const BoxDetail = z.extend(BoxView, {
  allocations: z.array(AllocationView),
  /** Stretches in which numbered events are missing: nobody can say that the lid stayed shut. */
  gaps: z.array(z.object({ from: Instant, to: Instant })),
  certificates: z.array(CertificateView),
  tickets: z.array(TicketView),
});
export type BoxDetail = z.infer<typeof BoxDetail>;

/** What a patient or supporter may see of their box. */
export const PatientBoxView = z.object({
  boxId: z.optional(BoxId),
  since: z.optional(Instant),
  condition: z.optional(BoxCondition),
  lastHeardAt: z.optional(Instant),
  heardThrough: z.optional(Instant),
  alarm: z.optional(AlarmView),
});
export type PatientBoxView = z.infer<typeof PatientBoxView>;

export const RegisterInput = z.object({
  serial: BoxId,
  model: line(40),
  uploadIntervalHours: z.optional(z.number().check(z.positive(), z.lte(24 * 15))),
});
export type RegisterInput = z.infer<typeof RegisterInput>;

/** Shown once, kept nowhere: the private key cannot be asked for again, only replaced. */
export const BoxSecret = z.object({
  boxId: BoxId,
  certificateId: z.string(),
  certificatePem: z.string(),
  privateKeyPem: z.string(),
  endpoint: z.string(),
  /** Where to get the authority that signs the endpoint's own certificate. */
  authorityHint: z.string(),
  topic: z.string(),
});
export type BoxSecret = z.infer<typeof BoxSecret>;

/** CSV with a head line `serial,model[,uploadIntervalHours]`; at most 50 boxes, which one call can register. */
export const BulkRegisterInput = z.object({ csv: z.string().check(z.maxLength(40_000)) });
export const BulkRegisterAnswer = z.object({
  rows: z.array(
    z.object({
      line: z.int(),
      serial: z.string(),
      outcome: z.enum(['registered', 'known', 'invalid']),
      detail: z.optional(z.string()),
      secret: z.optional(BoxSecret),
    }),
  ),
});
export type BulkRegisterAnswer = z.infer<typeof BulkRegisterAnswer>;

/** `from` may lie in the past (the box was handed over before it was typed), never before the last holder gave it back. */
export const AllocateInput = z.object({ boxId: BoxId, from: z.optional(Instant) });
export const ReturnInput = z.object({ at: z.optional(Instant) });
export const LostInput = z.object({ reason: text(300, 2) });
export const SwapInput = z.object({ boxA: BoxId, boxB: BoxId, since: Instant });
export const SwapAnswer = z.object({
  outcome: z.enum(['corrected', 'already-corrected']),
  /** Per patient: how many openings were taken away and given. */
  moved: z.array(z.object({ patientId: Id, taken: z.int(), given: z.int() })),
});
export type SwapAnswer = z.infer<typeof SwapAnswer>;

export const QuarantineReason = z.enum([
  'malformed',
  'oversize',
  'wrong-version',
  'wrong-sender',
  'unknown-box',
  'unallocated',
  'impossible-time',
]);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

/** Telemetry that we could not believe. Nothing is lost silently: it stays here until somebody replays or dismisses it. */
export const QuarantineEntry = z.object({
  quarantineId: z.string(),
  boxId: z.string(),
  reason: QuarantineReason,
  detail: z.string(),
  receivedAt: Instant,
  state: z.enum(['open', 'replayed', 'dismissed']),
  /** The event's own words, when it could be read. */
  eventKind: z.optional(z.string()),
  deviceTime: z.optional(z.string()),
  /** Our best guess of when it happened, for a person to accept. */
  estimatedAt: z.optional(Instant),
  /** At most 200 characters of what came, as text. */
  excerpt: z.string(),
  resolvedAt: z.optional(Instant),
  resolvedBy: z.optional(z.string()),
});
export type QuarantineEntry = z.infer<typeof QuarantineEntry>;

/** `acceptEstimate`: take the estimated time as true, although the box's clock was impossible. */
export const ReplayInput = z.object({ acceptEstimate: z.optional(z.boolean()) });
export const ReplayAnswer = z.object({
  outcome: z.enum(['recorded', 'repeated', 'noted', 'quarantined']),
  entry: QuarantineEntry,
});

export type ReplayAnswer = z.infer<typeof ReplayAnswer>;

/** More than a fifth of a facility's boxes fell silent together: a network or power matter, not many patients. */
export const IncidentView = z.object({
  incidentId: z.string(),
  facilityId: Id,
  facilityName: z.optional(z.string()),
  state: z.enum(['open', 'closed']),
  openedAt: Instant,
  closedAt: z.optional(Instant),
  silentBoxes: z.int(),
  allBoxes: z.int(),
  boxIds: z.array(BoxId),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** Enrolment's "open the box now": what the box has said since an instant. */
export const HeardView = z.object({
  boxId: BoxId,
  since: Instant,
  opened: z.boolean(),
  openedAt: z.optional(Instant),
  heard: z.boolean(),
  lastHeardAt: z.optional(Instant),
  batteryMillivolts: z.optional(z.int()),
  battery: z.enum(['ok', 'low', 'unknown']),
  signalDbm: z.optional(z.int()),
  /** Something came from this box since then that we could not believe; see the quarantine. */
  quarantined: z.boolean(),
});
export type HeardView = z.infer<typeof HeardView>;

export const PageQuery = z.object({ cursor: z.optional(z.string()), limit: z.optional(z.string()) });

/** Every route of `/api/devices`. Lists answer `next`, to be sent back as `?cursor=`. */
export const devicesRoutes = {
  /** → { boxes: BoxView[], next? }: boxes that the team's patients hold */
  teamBoxes: 'GET /api/devices/teams/{teamId}/boxes',
  /** → { tickets: TicketView[], next? }, oldest first */
  teamTickets: 'GET /api/devices/teams/{teamId}/tickets',
  /** SwapInput → SwapAnswer */
  correctSwap: 'POST /api/devices/teams/{teamId}/swaps',
  /** → { incident?: IncidentView } of the team's facility */
  teamIncident: 'GET /api/devices/teams/{teamId}/incident',
  /** → { boxes: BoxView[], next? }: all boxes of a facility, held or in stock */
  facilityBoxes: 'GET /api/devices/organisations/{organisationId}/boxes',
  /** RegisterInput → BoxSecret (201), no Idempotency-Key: the key is shown once and kept nowhere */
  register: 'POST /api/devices/organisations/{organisationId}/boxes',
  /** BulkRegisterInput → BulkRegisterAnswer */
  registerMany: 'POST /api/devices/organisations/{organisationId}/boxes/bulk',
  /** → { incidents: IncidentView[] } of every facility below: open ones first, then newest first */
  incidents: 'GET /api/devices/organisations/{organisationId}/incidents',
  /** → PatientBoxView */
  patientBox: 'GET /api/devices/patients/{patientId}/box',
  /** AllocateInput → BoxView (201) */
  allocate: 'POST /api/devices/patients/{patientId}/box',
  /** ReturnInput → BoxView */
  giveBack: 'POST /api/devices/patients/{patientId}/box/return',
  /** → BoxDetail */
  box: 'GET /api/devices/boxes/{boxId}',
  /** `?since` → HeardView */
  heard: 'GET /api/devices/boxes/{boxId}/heard',
  /** LostInput → BoxView */
  lost: 'POST /api/devices/boxes/{boxId}/lost',
  /** → BoxView */
  retire: 'POST /api/devices/boxes/{boxId}/retire',
  /** → BoxSecret (201): a second certificate; the one before works until `confirmCertificate` */
  rotateCertificate: 'POST /api/devices/boxes/{boxId}/certificates',
  /** revokes every other certificate of the box → BoxDetail */
  confirmCertificate: 'POST /api/devices/boxes/{boxId}/certificates/{certificateId}/confirm',
  /** `?state=open|replayed|dismissed` → { entries: QuarantineEntry[], next? } */
  quarantine: 'GET /api/devices/quarantine',
  /** ReplayInput → ReplayAnswer */
  replay: 'POST /api/devices/quarantine/{quarantineId}/replay',
  /** → QuarantineEntry */
  dismiss: 'POST /api/devices/quarantine/{quarantineId}/dismiss',
} as const;
