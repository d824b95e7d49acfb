import * as z from 'zod/mini';
import { BoxState } from './box-state.ts';
import { TicketReason } from './ticket-shapes.ts';

const Certificate = z.object({
  certificateId: z.string(),
  createdAt: z.string(),
  state: z.enum(['active', 'revoked']),
  revokedAt: z.optional(z.string()),
});

/** What a box is, apart from what it says. */
export const Profile = z.object({
  boxId: z.string(),
  model: z.string(),
  facilityId: z.string(),
  /** Organisation ids from the country down to the facility. */
  path: z.array(z.string()),
  status: z.enum(['active', 'lost', 'retired']),
  uploadIntervalHours: z.number(),
  certificates: z.array(Certificate),
  registeredAt: z.string(),
  version: z.int(),
});
export type Profile = z.infer<typeof Profile>;

/** Who holds the box now: there is one such item per box, and a patient has one box (`Holds`). */
export const Holder = z.object({
  boxId: z.string(),
  patientId: z.string(),
  from: z.string(),
  teamId: z.optional(z.string()),
});
export type Holder = z.infer<typeof Holder>;

/** One stretch of a box's history. A swap that was corrected back-dated rewrites these. */
export const Held = z.object({
  patientId: z.string(),
  from: z.string(),
  to: z.optional(z.string()),
  /** The other box of a swap that was corrected with this stretch. */
  swappedWith: z.optional(z.string()),
});
export type Held = z.infer<typeof Held>;

/** The same stretch from the patient's side. */
export const Allocation = z.object({
  boxId: z.string(),
  patientId: z.string(),
  from: z.string(),
  to: z.optional(z.string()),
});
export type Allocation = z.infer<typeof Allocation>;

/** What we asked the box to do, by the `config` shadow. Wall-clock times in the holder's zone. */
export const Settings = z.object({
  alarmTimes: z.array(z.string()),
  utcOffsetMinutes: z.int(),
  uploadIntervalHours: z.number(),
  refillOn: z.optional(z.string()),
  requestId: z.string(),
  requestedAt: z.string(),
});
export type Settings = z.infer<typeof Settings>;

export const Ticket = z.object({
  ticketId: z.string(),
  boxId: z.string(),
  patientId: z.string(),
  teamId: z.optional(z.string()),
  facilityId: z.string(),
  state: z.enum(['open', 'closed']),
  reasons: z.array(TicketReason),
  openedAt: z.string(),
  lastHeardAt: z.optional(z.string()),
  batteryMillivolts: z.optional(z.int()),
  closedAt: z.optional(z.string()),
  closedBy: z.optional(z.enum(['heard again', 'charged', 'returned', 'lost', 'swapped'])),
});
export type Ticket = z.infer<typeof Ticket>;

export const Incident = z.object({
  incidentId: z.string(),
  facilityId: z.string(),
  state: z.enum(['open', 'closed']),
  openedAt: z.string(),
  closedAt: z.optional(z.string()),
  silentBoxes: z.int(),
  allBoxes: z.int(),
  boxIds: z.array(z.string()),
  policyVersion: z.string(),
});
export type Incident = z.infer<typeof Incident>;

export const StoredState = z.extend(BoxState, { version: z.int() });
export type StoredState = z.infer<typeof StoredState>;

/** A box and all that an event of it, or a screen about it, needs: one query. */
export type Box = {
  readonly profile: Profile;
  readonly state: StoredState;
  /** Oldest first. */
  readonly held: readonly Held[];
  readonly holder?: Holder;
  readonly settings?: Settings;
  readonly ticket?: Ticket;
};
