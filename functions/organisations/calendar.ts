import { Temporal } from 'temporal-polyfill';
import { addSeconds, type Instant, instantAt, secondsBetween, zoned } from '../shared/time.ts';
import type { WorkingCalendar } from './calendar-shapes.ts';

/** Longest stretch that is searched for working time; beyond it a calendar is taken to have none. */
const searchDays = 400;

type Window = { readonly from: Instant; readonly to: Instant };

/** Whether the team works at this instant: its weekday's hours in its own zone, holidays excluded. `to` is no longer working. */
export function isWorking(calendar: WorkingCalendar, instant: Instant): boolean {
  const localDate = zoned(instant, calendar.zone).toPlainDate();
  return windowsOn(calendar, localDate).some((window) => window.from <= instant && instant < window.to);
}

/**
 * The instant by which `hours` of the team's working time have passed since `from`. Real time is counted, so a day with a
 * clock change is an hour shorter or longer as the day itself is. A calendar without any hours counts the whole day.
 */
export function workingDeadline(calendar: WorkingCalendar, from: Instant, hours: number): Instant {
  let left = hours * 3600;
  if (calendar.hours.length === 0) return addSeconds(from, left);
  for (const window of windowsFrom(calendar, from)) {
    const start = window.from > from ? window.from : from;
    const seconds = secondsBetween(start, window.to);
    if (left <= seconds) return addSeconds(start, left);
    left -= seconds;
  }
  return addSeconds(from, hours * 3600);
}

/** The instant itself when the team works then, else the start of its next working time. */
export function nextWorking(calendar: WorkingCalendar, instant: Instant): Instant {
  if (calendar.hours.length === 0) return instant;
  for (const window of windowsFrom(calendar, instant)) return window.from > instant ? window.from : instant;
  return instant;
}

/** The last working moment of the team after `from` and not after `to`; undefined when it does not work in between. */
export function lastWorking(calendar: WorkingCalendar, from: Instant, to: Instant): Instant | undefined {
  if (calendar.hours.length === 0 || isWorking(calendar, to)) return to;
  let last: Instant | undefined;
  for (const window of windowsFrom(calendar, from)) {
    if (window.from >= to) break;
    last = window.to < to ? window.to : to;
  }
  return last;
}

/** Windows that end after the instant, in order. */
function* windowsFrom(calendar: WorkingCalendar, instant: Instant): Generator<Window> {
  let localDate = zoned(instant, calendar.zone).toPlainDate();
  for (let day = 0; day < searchDays; day++) {
    for (const window of windowsOn(calendar, localDate)) if (window.to > instant) yield window;
    localDate = localDate.add({ days: 1 });
  }
}

function windowsOn(calendar: WorkingCalendar, localDate: Temporal.PlainDate): Window[] {
  const on = localDate.toString();
  if (calendar.holidays.some((holiday) => holiday.on === on)) return [];
  const windows = calendar.hours
    .filter((hours) => hours.weekday === localDate.dayOfWeek)
    .map((hours) => ({ from: instantAt(on, hours.from, calendar.zone), to: instantAt(on, hours.to, calendar.zone) }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return merged(windows);
}

/** Hours that overlap count once. */
function merged(windows: readonly Window[]): Window[] {
  const result: Window[] = [];
  for (const window of windows) {
    const last = result.at(-1);
    if (last && window.from <= last.to) {
      if (window.to > last.to) result[result.length - 1] = { from: last.from, to: window.to };
    } else if (window.from < window.to) result.push(window);
  }
  return result;
}

/** Monday to Saturday, nine to five: what a team starts with. */
export function usualCalendar(zone: string): WorkingCalendar {
  const hours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
  return { zone, hours, holidays: [], onCall: [] };
}

/** Whether the zone is one that this program knows. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
