import * as z from 'zod/mini';
import type { Instant } from '../shared/time.ts';
import { isWorking } from './calendar.ts';
import { WorkingCalendar } from './calendar-shapes.ts';

export const Member = z.object({
  userId: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  phone: z.optional(z.string()),
  language: z.string(),
});
export type Member = z.infer<typeof Member>;

export const Cover = z.object({
  coverId: z.string(),
  forUserId: z.string(),
  /** Who stands in; may be of another team. */
  by: Member,
  from: z.string(),
  to: z.string(),
});
export type Cover = z.infer<typeof Cover>;

/** A care team: one facility's caseload. */
export const Team = z.object({
  teamId: z.string(),
  name: z.string(),
  facilityId: z.string(),
  facilityName: z.string(),
  /** Organisation ids from the country down to the facility. */
  path: z.array(z.string()),
  ownerId: z.string(),
  supervisorId: z.optional(z.string()),
  members: z.array(Member),
  calendar: WorkingCalendar,
  covers: z.array(Cover),
  topicArn: z.optional(z.string()),
  helpPhone: z.optional(z.string()),
  version: z.int(),
});
export type Team = z.infer<typeof Team>;

export type OwnerNow = { readonly userId: string; readonly why: 'owner' | 'cover'; readonly coverFor?: string };

/**
 * Who answers for the team at this instant: the owner, or who covers for them. There is always somebody. A cover may be
 * covered in turn; a circle of covers ends with the owner.
 */
export function ownerNow(team: Pick<Team, 'ownerId' | 'covers'>, instant: Instant): OwnerNow {
  const userId = standInFor(team, team.ownerId, instant);
  return userId === team.ownerId ? { userId, why: 'owner' } : { userId, why: 'cover', coverFor: team.ownerId };
}

/** Who acts in this person's place at this instant; the person when nobody covers. */
export function standInFor(team: Pick<Team, 'covers'>, userId: string, instant: Instant): string {
  const seen = new Set<string>();
  let current = userId;
  while (!seen.has(current)) {
    seen.add(current);
    const cover = team.covers.find((each) => each.forUserId === current && each.from <= instant && instant < each.to);
    if (!cover) return current;
    current = cover.by.userId;
  }
  return userId;
}

/** Who is called outside working hours, cover considered; undefined within them or when nobody is on call. */
export function onCallNow(team: Pick<Team, 'calendar' | 'covers'>, instant: Instant): string | undefined {
  const first = team.calendar.onCall[0];
  if (first === undefined || isWorking(team.calendar, instant)) return undefined;
  return standInFor(team, first, instant);
}

/** Belongs to the team for good; who covers does not. */
export function isMember(team: Pick<Team, 'members'>, userId: string): boolean {
  return team.members.some((member) => member.userId === userId);
}

/** A person who belongs to the team at this instant: a member, or by a cover that has begun and is not over. */
export function memberNow(
  team: Pick<Team, 'members' | 'covers'>,
  userId: string,
  instant: Instant,
): Member | undefined {
  return (
    team.members.find((member) => member.userId === userId) ??
    team.covers.find((cover) => cover.by.userId === userId && cover.from <= instant && instant < cover.to)?.by
  );
}

/**
 * Whose it is what was given to this person: theirs while they belong to the team, its owner's after that. So nothing is
 * ever nobody's, whoever left at whichever moment.
 */
export function holderOf(team: Pick<Team, 'ownerId' | 'members' | 'covers'>, userId: string, instant: Instant): string {
  return memberNow(team, userId, instant) ? userId : team.ownerId;
}

/** Who has to act on it at this instant, cover considered. */
export function actsFor(team: Pick<Team, 'ownerId' | 'members' | 'covers'>, userId: string, instant: Instant): string {
  return standInFor(team, holderOf(team, userId, instant), instant);
}

/** A person of the team, or one who covers, covered or will cover in it: for names. */
export function memberOf(team: Pick<Team, 'members' | 'covers'>, userId: string): Member | undefined {
  return (
    team.members.find((member) => member.userId === userId) ??
    team.covers.find((cover) => cover.by.userId === userId)?.by
  );
}
