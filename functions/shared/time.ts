import { Temporal } from 'temporal-polyfill';

/** UTC, RFC 3339 with milliseconds, so that instants sort as strings: `2026-11-30T04:10:00.000Z`. */
export type Instant = string;
/** `YYYY-MM-DD` in the zone of the person it belongs to. */
export type LocalDate = string;

export function toInstant(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString();
}

export function epochMilliseconds(instant: Instant): number {
  return Date.parse(instant);
}

export function addSeconds(instant: Instant, seconds: number): Instant {
  return toInstant(epochMilliseconds(instant) + seconds * 1000);
}

/** The next instant on a grid: whoever asks between two of its marks gets the same one, and their work is one piece of work. */
export function nextMark(instant: Instant, everySeconds: number): Instant {
  const every = everySeconds * 1000;
  return toInstant((Math.floor(epochMilliseconds(instant) / every) + 1) * every);
}

export function secondsBetween(from: Instant, to: Instant): number {
  return (epochMilliseconds(to) - epochMilliseconds(from)) / 1000;
}

/** DynamoDB deletes by epoch seconds; milliseconds would never expire. */
export function expiresAtEpochSeconds(now: Instant, seconds: number): number {
  return Math.floor(epochMilliseconds(now) / 1000) + seconds;
}

export function zoned(instant: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds(instant)).toZonedDateTimeISO(zone);
}

export function localDateOf(instant: Instant, zone: string): LocalDate {
  return zoned(instant, zone).toPlainDate().toString();
}

/** The instant of a wall-clock time. A time that a DST change skips moves forward, one that happens twice is its first. */
export function instantAt(localDate: LocalDate, clockTime: string, zone: string): Instant {
  const asked = `${localDate}T${clockTime} ${zone}`;
  const known = instants.get(asked);
  if (known !== undefined) return known;
  const wall = Temporal.PlainDateTime.from(`${localDate}T${clockTime}`);
  const instant = toInstant(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
  if (instants.size >= mostInstants) instants.clear();
  instants.set(asked, instant);
  return instant;
}

/** The same few wall-clock times are asked for again and again: by every slot of a plan, by every patient of a zone. */
const instants = new Map<string, Instant>();
const mostInstants = 5000;

export function addDays(localDate: LocalDate, days: number): LocalDate {
  return toInstant(epochMilliseconds(localDate) + days * 24 * 3600 * 1000).slice(0, 10);
}

export function daysBetween(from: LocalDate, to: LocalDate): number {
  return secondsBetween(from, to) / (24 * 3600);
}
