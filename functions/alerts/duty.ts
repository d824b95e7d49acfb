import { lastWorking, nextWorking } from '../organisations/calendar.ts';
import type { WorkingCalendar } from '../organisations/calendar-shapes.ts';
import { localDateOf } from '../shared/time.ts';
import type { Alert } from './alert.ts';
import type { WorklistSection } from './contract.ts';
import { sectionOfTask, type Task } from './task.ts';

/** What somebody owes a patient: `by` as it was set, `within` the team's working time, when it has to be done at the latest. */
export type Duty = { readonly kind: 'acknowledge' | 'contact'; readonly by: string; readonly within: string };

/**
 * The duty of an open alert that comes first: to say "I'm on it", or to have spoken with the patient. The clock of the
 * contact is the wall's and may end in a night or on a holiday: at its latest it is due while the team is still at work.
 */
export function dutyOf(
  alert: Pick<Alert, 'state' | 'openedAt' | 'acknowledgeBy' | 'contactBy' | 'contactedAt'>,
  calendar: WorkingCalendar,
): Duty | undefined {
  const { state, openedAt, acknowledgeBy, contactBy, contactedAt } = alert;
  const duties: Duty[] = [];
  if (state === 'triggered' && acknowledgeBy !== undefined)
    duties.push({ kind: 'acknowledge', by: acknowledgeBy, within: withinWork(calendar, openedAt, acknowledgeBy) });
  if (state !== 'resolved' && contactBy !== undefined && contactedAt === undefined)
    duties.push({ kind: 'contact', by: contactBy, within: withinWork(calendar, openedAt, contactBy) });
  return duties.sort((a, b) => (a.within < b.within ? -1 : 1))[0];
}

/** The instant itself in working time, else the last working moment before it, or the next one when there was none. */
export function withinWork(calendar: WorkingCalendar, from: string, by: string): string {
  return lastWorking(calendar, from, by) ?? nextWorking(calendar, by);
}

/** The contact that is still owed to a red patient whose alert was closed, once it comes before the promised day ends. */
export function contactOf(task: Task, calendar: WorkingCalendar): Duty | undefined {
  const { contactBy, openedAt, dueOn } = task;
  if (contactBy === undefined || task.state !== 'open') return undefined;
  const within = withinWork(calendar, openedAt, contactBy);
  if (dueOn !== undefined && localDateOf(within, calendar.zone) > dueOn) return undefined;
  return { kind: 'contact', by: contactBy, within };
}

/** Where a task stands now: a promise to a red patient nobody has spoken with needs somebody on the day that it is due. */
export function sectionOf(task: Task, calendar: WorkingCalendar, today: string): WorklistSection {
  if (task.contactBy === undefined) return sectionOfTask[task.taskKind];
  const contact = contactOf(task, calendar);
  const on = contact ? localDateOf(contact.within, calendar.zone) : task.dueOn;
  return on === undefined || on <= today ? 'now' : sectionOfTask[task.taskKind];
}
