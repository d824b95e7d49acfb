import * as z from 'zod/mini';
import { Email, Id, Instant, line, Phone, text, Zone } from '../shared/shapes.ts';
import { WorkingCalendar } from './calendar-shapes.ts';
import { Level } from './level.ts';

export * from './calendar-shapes.ts';
export * from './level.ts';

const name = line(120);

/** A node of country → region → facility → department. */
export const OrganisationView = z.object({
  organisationId: Id,
  level: Level,
  name: z.string(),
  /** Ids from the country down to this one. */
  path: z.array(z.string()),
  /** Facilities: prefix of its medical codes, and the zone its people live in. */
  prefix: z.optional(z.string()),
  zone: z.optional(Zone),
  phone: z.optional(z.string()),
  version: z.int(),
});
export type OrganisationView = z.infer<typeof OrganisationView>;
export const OrganisationTree = z.object({ organisations: z.array(OrganisationView) });

export const OrganisationInput = z.object({
  organisationId: Id,
  level: Level,
  name,
  /** Facilities only: three letters, one facility each. */
  prefix: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  zone: z.optional(Zone),
  phone: z.optional(line(30, 0)),
});
export type OrganisationInput = z.infer<typeof OrganisationInput>;
export const OrganisationChange = z.object({
  name: z.optional(name),
  phone: z.optional(line(30, 0)),
});

export const StaffRole = z.enum(['health-worker', 'nurse', 'doctor', 'organisation-admin']);
export type StaffRole = z.infer<typeof StaffRole>;

export const StaffView = z.object({
  userId: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  /** Where the account belongs. */
  organisationId: z.string(),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  state: z.enum(['invited', 'active', 'disabled']),
  teams: z.array(
    z.object({ teamId: z.string(), name: z.string(), owner: z.boolean(), coverUntil: z.optional(Instant) }),
  ),
  invitedAt: z.optional(Instant),
});
export type StaffView = z.infer<typeof StaffView>;
export const StaffList = z.object({ staff: z.array(StaffView), next: z.optional(z.string()) });

/** Sends an e-mail with a code that holds for three days. */
export const InviteInput = z.object({
  email: Email,
  name,
  roles: z.array(StaffRole).check(z.minLength(1), z.maxLength(4)),
  phone: z.optional(Phone),
  language: z.optional(z.enum(['en', 'hi'])),
  teamIds: z.optional(z.array(Id).check(z.maxLength(20))),
});
export type InviteInput = z.infer<typeof InviteInput>;

/** A system administrator adds a country and invites the person who will administer it. */
export const CountryInput = z.object({
  organisationId: Id,
  name,
  admin: z.object({
    email: Email,
    name,
    language: z.optional(z.enum(['en', 'hi'])),
  }),
});
export type CountryInput = z.infer<typeof CountryInput>;

/** Whom the patients and open alerts of a closed account go to: per team that it owns. */
export const DisableInput = z.object({
  reassign: z.optional(z.array(z.object({ teamId: Id, toUserId: Id }))),
  reason: text(300, 2),
});
export type DisableInput = z.infer<typeof DisableInput>;

/** A cover: `by` stands in for the team's owner (or another member) and hears what they would have heard. */
export const CoverView = z.object({
  coverId: Id,
  forUserId: z.string(),
  forName: z.string(),
  byUserId: z.string(),
  byName: z.string(),
  from: Instant,
  to: Instant,
});
export type CoverView = z.infer<typeof CoverView>;
/** Three months at most, begun within a year. */
export const CoverInput = z.object({ coverId: Id, forUserId: Id, byUserId: Id, from: Instant, to: Instant });
export type CoverInput = z.infer<typeof CoverInput>;

export const MemberView = z.object({
  userId: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  phone: z.optional(z.string()),
});
export type MemberView = z.infer<typeof MemberView>;

/** A care team is a facility's caseload: who owns it, who belongs to it, when they work. */
export const TeamView = z.object({
  teamId: Id,
  name: z.string(),
  facilityId: Id,
  facilityName: z.string(),
  zone: Zone,
  /** Answers for every patient and alert of the team that nobody else was given. */
  ownerId: z.string(),
  /** Hears what nobody acknowledged, and one summary a day. */
  supervisorId: z.optional(z.string()),
  members: z.array(MemberView),
  calendar: WorkingCalendar,
  covers: z.array(CoverView),
  /** The team's SNS topic; subscribing is under `/api/notifications/teams/{teamId}/topic`. */
  topic: z.enum(['ready', 'none']),
  /** Who acts at this moment, cover and on-call considered. */
  ownerNow: z.object({ userId: z.string(), name: z.string(), why: z.enum(['owner', 'cover', 'on-call']) }),
  /** Whether this moment lies within its working hours. */
  working: z.boolean(),
  helpPhone: z.optional(z.string()),
  version: z.int(),
});
export type TeamView = z.infer<typeof TeamView>;
export const TeamsView = z.object({
  teams: z.array(
    z.object({
      teamId: Id,
      name: z.string(),
      facilityId: Id,
      ownerId: z.string(),
      ownerName: z.string(),
      members: z.int(),
    }),
  ),
});

export const TeamInput = z.object({
  teamId: Id,
  name,
  ownerId: Id,
  supervisorId: z.optional(Id),
  memberIds: z.optional(z.array(Id).check(z.maxLength(60))),
  calendar: z.optional(WorkingCalendar),
});
export type TeamInput = z.infer<typeof TeamInput>;
export const TeamChange = z.object({
  name: z.optional(name),
  ownerId: z.optional(Id),
  /** null: nobody any more. */
  supervisorId: z.optional(z.nullable(Id)),
  calendar: z.optional(WorkingCalendar),
});
export type TeamChange = z.infer<typeof TeamChange>;
/** Who could stand in for somebody of the team. */
export const Colleagues = z.object({
  colleagues: z.array(z.object({ userId: z.string(), name: z.string(), roles: z.array(z.string()) })),
});
export const MemberInput = z.object({ userId: Id });

/**
 * Moves patients, with their open alerts and tasks, to another team: these, or all in the order of their ids from the one
 * after `after`, a page at a time.
 */
export const HandOverInput = z.object({
  toTeamId: Id,
  patientIds: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(50))),
  after: z.optional(Id),
  reason: text(300, 2),
});
export type HandOverInput = z.infer<typeof HandOverInput>;
export const HandOverAnswer = z.object({
  moved: z.int(),
  /** Nothing is half done: these were left where they were and may be tried again. */
  left: z.array(
    z.object({
      patientId: z.string(),
      /** `holds-box`: their box belongs to the other facility. `not-here`: of another team by now. */
      why: z.enum(['holds-box', 'not-here']),
    }),
  ),
  /** There are more: to be sent back as `after`. */
  next: z.optional(Id),
});
export type HandOverAnswer = z.infer<typeof HandOverAnswer>;

const organisation = '/api/organisations/organisations/{organisationId}';
const team = '/api/organisations/teams/{teamId}';

export const organisationRoutes = {
  /** CountryInput, Idempotency-Key → OrganisationView (201): for system administrators */
  addCountry: 'POST /api/organisations/countries',
  /** → OrganisationTree: for system administrators */
  countries: 'GET /api/organisations/countries',
  /** everything below → OrganisationTree */
  tree: `GET ${organisation}/tree`,
  /** → OrganisationView, ETag */
  organisation: `GET ${organisation}`,
  /** OrganisationInput → OrganisationView (201), one level below */
  addOrganisation: `POST ${organisation}/organisations`,
  /** OrganisationChange, If-Match → OrganisationView */
  changeOrganisation: `PATCH ${organisation}`,
  /** `?cursor` → StaffList of this node and below */
  staff: `GET ${organisation}/staff`,
  /** InviteInput, Idempotency-Key → StaffView (201) */
  invite: `POST ${organisation}/staff`,
  /** {} → StaffView: a new code by e-mail */
  inviteAgain: `POST ${organisation}/staff/{userId}/invite`,
  /** DisableInput → StaffView; 409 `owns-patients` with the teams that need a new owner */
  disableStaff: `POST ${organisation}/staff/{userId}/disable`,
  /** {} → StaffView */
  enableStaff: `POST ${organisation}/staff/{userId}/enable`,
  /** → TeamsView */
  teams: `GET ${organisation}/teams`,
  /** TeamInput → TeamView (201); the organisation is a facility */
  addTeam: `POST ${organisation}/teams`,
  /** → TeamView, ETag; for members and administrators */
  team: `GET ${team}`,
  /** → Colleagues */
  colleagues: `GET ${team}/colleagues`,
  /** TeamChange, If-Match → TeamView */
  changeTeam: `PATCH ${team}`,
  /** MemberInput → TeamView */
  addMember: `POST ${team}/members`,
  removeMember: `DELETE ${team}/members/{userId}`,
  /** CoverInput → TeamView; members arrange it among themselves, administrators for them */
  addCover: `POST ${team}/covers`,
  endCover: `DELETE ${team}/covers/{coverId}`,
  /** HandOverInput → HandOverAnswer */
  handOver: `POST ${team}/hand-over`,
} as const;
