import type { Session } from '../shared/session.ts';
import { addSeconds, type Instant } from '../shared/time.ts';

/** TOTP holds for a shift on the device on which it was passed. */
const shiftSeconds = 12 * 3600;
/** Patients and supporters stay signed in on their phone. */
const staySeconds = 30 * 86_400;
/** A page that is open refreshes every 14 minutes; who has not for this long has closed it or gone away. */
const idleSeconds = 30 * 60;

export type SessionState = 'open' | 'locked' | 'ended';

/** Whether a session may go on by itself, needs the PIN, or is over. Only staff sessions lock. */
export function stateOf(session: Session, now: Instant, isStaff: boolean): SessionState {
  if (session.endedAt !== undefined || session.endsAt <= now) return 'ended';
  if (session.lockedAt !== undefined) return 'locked';
  return isStaff && session.openUntil <= now ? 'locked' : 'open';
}

export function endsAt(now: Instant, isStaff: boolean): Instant {
  return addSeconds(now, isStaff ? shiftSeconds : staySeconds);
}

export function openUntil(now: Instant): Instant {
  return addSeconds(now, idleSeconds);
}
