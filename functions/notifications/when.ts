import { isWorking, nextWorking } from '../organisations/calendar.ts';
import type { WorkingCalendar } from '../organisations/calendar-shapes.ts';
import type { Instant } from '../shared/time.ts';
import type { QuietHours } from './contract.ts';
import type { MessageRequest } from './message.ts';
import { firstAllowed } from './preferences.ts';

/** They have an hour of their own, chosen by the team. */
const ownHour: readonly MessageRequest['template'][] = ['digest', 'daily-summary'];

/**
 * When a message may go, at the earliest: staff in the team's working hours, unless it is for who is on call; nobody in
 * their quiet hours, a patient only in the hours in which it is safe. A message waits; it is never dropped for the hour.
 */
export function mayGoAt(
  request: Pick<MessageRequest, 'to' | 'template' | 'onCall'>,
  now: Instant,
  calendar: WorkingCalendar,
  zone: string,
  quiets: readonly (QuietHours | undefined)[],
): Instant {
  if (request.onCall === true || ownHour.includes(request.template)) return now;
  const toStaff = request.to.kind === 'staff' || request.to.kind === 'team';
  if (!toStaff) return firstAllowed(now, zone, quiets);
  let at = now;
  for (let turn = 0; turn < 14; turn++) {
    const working = isWorking(calendar, at) ? at : nextWorking(calendar, at);
    const next = firstAllowed(working, zone, quiets);
    if (next === at) return at;
    at = next;
  }
  return now;
}
