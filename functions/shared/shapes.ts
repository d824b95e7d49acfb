import * as z from 'zod/mini';

/** UTC instant with milliseconds, RFC 3339: `2026-11-30T04:10:00.000Z`. Its type is `Instant` of `time.ts`. */
export const Instant = only(() => z.iso.datetime({ precision: 3 }));

/** Local calendar date, `YYYY-MM-DD` from 1900 to 2199, in the zone of whom it belongs to. Its type is `LocalDate` of `time.ts`. */
export const LocalDate = only(() => z.iso.date().check(z.regex(/^(19|2[01])/)));

/** Wall-clock time, `HH:MM` from 00:00 to 23:59, in the zone of whom it belongs to. */
export const ClockTime = only(() => z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)));

/** Name of an IANA time zone, `Asia/Kolkata`. Only its form: whether the zone exists is asked where it is used. */
export const Zone = only(() => z.string().check(z.regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/), z.maxLength(64)));

/** Opaque id, made by us or by a caller who may send the same twice. Fits in a key: no `#`, no `/`, no space. */
export const Id = only(() => z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,80}$/)));

/** E.164: `+` and 8 to 15 digits. The spaces and hyphens that people type are taken out by the form. */
export const Phone = only(() => z.string().check(z.regex(/^\+[1-9]\d{7,14}$/)));

/** E-mail address, of at most the 254 characters that SMTP carries (RFC 3696, erratum 1690). */
export const Email = only(() => z.email().check(z.maxLength(254)));

/** No control character, nothing that turns the direction of what follows, no half of a character. Marks that join letters are letters. */
const shown = '[^\\p{Cc}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069]';

/**
 * One line that a person types and others read as it was typed.
 * @__NO_SIDE_EFFECTS__
 */
export function line(most: number, least = 1) {
  return z.string().check(z.minLength(least), z.maxLength(most), z.regex(new RegExp(`^${shown}*$`, 'u')));
}

/**
 * As `line`, of several lines.
 * @__NO_SIDE_EFFECTS__
 */
export function text(most: number, least = 1) {
  const pattern = new RegExp(`^(?:${shown}|[\\t\\n\\r])*$`, 'u');
  return z.string().check(z.minLength(least), z.maxLength(most), z.regex(pattern));
}

/**
 * Says to bundlers that making a shape does nothing else, so that they take only the shapes that are used.
 * @__NO_SIDE_EFFECTS__
 */
function only<T>(make: () => T): T {
  return make();
}

/** The Cognito groups. A person may hold several. */
export const Role = z.enum([
  'patient',
  'supporter',
  'health-worker',
  'nurse',
  'doctor',
  'organisation-admin',
  'system-admin',
]);
export type Role = z.infer<typeof Role>;
