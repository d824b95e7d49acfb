import { Temporal } from 'temporal-polyfill';
import { addDays, type Instant, instantAt, toInstant, zoned } from '../shared/time.ts';
import type { Channel, PreferencesInput, QuietHours } from './contract.ts';

export type Preferences = PreferencesInput;

export function usualPreferences(language: string): Preferences {
  return { push: true, sms: true, email: true, language: language === 'hi' ? 'hi' : 'en' };
}

/** By what a person can be reached at all. */
export type Contact = { readonly devices: number; readonly phone?: string; readonly email?: string };

/**
 * Channels in the order in which they are tried: the first that works is enough. Push costs nothing and says least on a
 * lock screen; SMS costs most, so it stands in when there is no push.
 */
export function channelsFor(
  preferences: Preferences,
  contact: Contact,
  only?: readonly Channel[],
): Exclude<Channel, 'screen' | 'topic'>[] {
  const possible = {
    push: preferences.push && contact.devices > 0,
    sms: preferences.sms && contact.phone !== undefined,
    email: preferences.email && contact.email !== undefined,
  };
  return (['push', 'sms', 'email'] as const).filter(
    (channel) => possible[channel] && (only === undefined || only.includes(channel)),
  );
}

/** The instant itself outside the quiet hours, else their end. Wall-clock, so a DST change moves it with the clock. */
export function afterQuiet(now: Instant, zone: string, quiet: QuietHours | undefined): Instant {
  if (!quiet || quiet.from === quiet.to) return now;
  const local = zoned(now, zone);
  const clock = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const date = local.toPlainDate().toString();
  const overMidnight = quiet.from > quiet.to;
  const inside = overMidnight ? clock >= quiet.from || clock < quiet.to : quiet.from <= clock && clock < quiet.to;
  if (!inside) return now;
  const endsTomorrow = overMidnight && clock >= quiet.from;
  const end = instantAt(endsTomorrow ? addDays(date, 1) : date, quiet.to, zone);
  if (end > now) return end;
  // The hour that a clock change repeats: its second end, by the offset of now.
  const { hour, minute } = Temporal.PlainTime.from(quiet.to);
  return toInstant(local.with({ hour, minute, second: 0, millisecond: 0 }).epochMilliseconds);
}

/** Safe hours are what remains when the rest of the day is quiet. */
export function quietAround(safe: { readonly from: string; readonly to: string } | undefined): QuietHours | undefined {
  return safe && { from: safe.to, to: safe.from };
}

/** The first instant that no quiet stretch covers; two that follow each other are passed in turn. */
export function firstAllowed(now: Instant, zone: string, quiets: readonly (QuietHours | undefined)[]): Instant {
  let at = now;
  for (let turn = 0; turn < 4; turn++) {
    const next = quiets.reduce<Instant>((instant, quiet) => afterQuiet(instant, zone, quiet), at);
    if (next === at) return at;
    at = next;
  }
  return at;
}
