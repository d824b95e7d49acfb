import { Temporal } from 'temporal-polyfill';

/** When a schedule fires: the first instant (epoch ms) after `after`, or undefined when it never does again. */
export type Schedule = (after: number) => number | undefined;

const MINUTE = 60_000;
const UNIT_MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** A cron that has not fired for this long never will. */
const DAYS_LOOKED_AHEAD = 4 * 366;

/** Reads `rate(…)`, `cron(…)` and `at(…)` as EventBridge rules and the Scheduler write them. */
export function readSchedule(expression: string, zone = 'UTC'): Schedule {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return readRate(inner);
  if (kind === 'cron') return readCron(inner, zone);
  if (kind === 'at') {
    const at = Temporal.PlainDateTime.from(inner).toZonedDateTime(zone).epochMilliseconds;
    return (after) => (at > after ? at : undefined);
  }
  throw new Error(`schedule expression ${expression} is not rate(), cron() or at()`);
}

/** Rates count from the epoch here; on AWS from when the schedule was made. */
function readRate(inner: string): Schedule {
  const [amount = '', unit = ''] = inner.trim().split(/\s+/);
  const minutes = UNIT_MINUTES[unit.replace(/s$/, '')];
  if (minutes === undefined || !(Number(amount) > 0)) throw new Error(`rate(${inner}) is not a rate`);
  const step = Number(amount) * minutes * MINUTE;
  return (after) => (Math.floor(after / step) + 1) * step;
}

function readCron(inner: string, zone: string): Schedule {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${inner}) has not six fields`);
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*', year = '*'] = fields;
  const minutes = members(minute, 0, 59, []);
  const hours = members(hour, 0, 23, []);
  const dayMatches = readDay(day, weekday);
  const months = new Set(members(month, 1, 12, MONTHS, 1));
  const years = year === '*' ? undefined : new Set(members(year, 1970, 2199, []));
  return (after) => {
    let date = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
    for (let looked = 0; looked < DAYS_LOOKED_AHEAD; looked++, date = date.add({ days: 1 })) {
      if (!months.has(date.month) || (years !== undefined && !years.has(date.year)) || !dayMatches(date)) continue;
      const found = firstTime(date, hours, minutes, zone, after);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function firstTime(date: Temporal.PlainDate, hours: number[], minutes: number[], zone: string, after: number) {
  for (const hour of hours) {
    for (const minute of minutes) {
      const local = date.toPlainDateTime({ hour, minute });
      const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
      // A local time that a clock change skips does not fire, as with EventBridge Scheduler.
      if (!zoned.toPlainDateTime().equals(local)) continue;
      if (zoned.epochMilliseconds > after) return zoned.epochMilliseconds;
    }
  }
  return undefined;
}

function readDay(day: string, weekday: string): (date: Temporal.PlainDate) => boolean {
  if (weekday !== '?' && weekday !== '*') return readWeekday(weekday);
  if (day === 'L') return (date) => date.day === date.daysInMonth;
  const days = new Set(members(day, 1, 31, []));
  return (date) => days.has(date.day);
}

/** Cron counts Sunday as 1; `6#3` is the third Friday, `6L` the last. */
function readWeekday(weekday: string): (date: Temporal.PlainDate) => boolean {
  const nth = /^(\w+)#(\d)$/.exec(weekday);
  const last = /^(\w+)L$/.exec(weekday);
  const list = members(nth?.[1] ?? last?.[1] ?? weekday, 1, 7, WEEKDAYS, 1);
  const days = new Set(list.map((number) => (number === 1 ? 7 : number - 1)));
  return (date) => {
    if (!days.has(date.dayOfWeek)) return false;
    if (nth !== null) return Math.ceil(date.day / 7) === Number(nth[2]);
    return last === null || date.day + 7 > date.daysInMonth;
  };
}

function members(field: string, low: number, high: number, names: readonly string[], firstName = 0): number[] {
  const number = (text: string) => {
    const index = names.indexOf(text.toUpperCase());
    return index >= 0 ? index + firstName : Number(text);
  };
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '*', step = '1'] = part.split('/');
    const [from = low, to] = range === '*' || range === '?' ? [low, high] : range.split('-').map(number);
    const end = to ?? (part.includes('/') ? high : from);
    if (![from, end, Number(step)].every(Number.isInteger)) throw new Error(`cron field ${field} cannot be read`);
    for (let value = from; value <= end; value += Number(step)) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}
