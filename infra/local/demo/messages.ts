import { Temporal } from 'temporal-polyfill';
import type { OutboxEntry } from '../aws/index.ts';
import type { Account, DemoPeople } from '../control/people.ts';
import { tally } from './tally.ts';

const CHANNELS = { sms: 'SMS', email: 'E-mail', sns: 'Team topic', push: 'Push' } as const;

/** Today's messages that left, newest first, with names instead of addresses where the demonstration knows them. */
export function messagesToday(entries: readonly OutboxEntry[], people: DemoPeople, now: number, zone: string) {
  return today(entries, now, zone)
    .reverse()
    .map((entry) => ({
      at: wallTime(Date.parse(entry.at), zone),
      channel: CHANNELS[entry.service],
      ...wordsOf(entry),
      to: people.contacts[entry.to] ?? entry.to,
      status: entry.status,
      ...(entry.reason !== undefined && { reason: entry.reason }),
      ...(entry.confirmUrl !== undefined && { confirmUrl: entry.confirmUrl }),
    }));
}

/** The words, and the link in them that a person would press. The topic's subject says less than its text. */
function wordsOf({ service, subject, text }: OutboxEntry): { text: string; link?: string } {
  const words = service === 'email' && subject !== undefined ? subject : text;
  const link = /https?:\/\/\S+\/o#\S+/.exec(text)?.[0];
  return link === undefined
    ? { text: words }
    : {
        text: words
          .replace(link, '')
          .replace(/[^.!?।]*:\s*$/, '')
          .trim(),
        link,
      };
}

/**
 * "Meera got 5 messages today, for 150 patients, and 1 for the rest": what reached one person, counted from what left by the
 * worklist's rule: those sent at once, and beside them what came as one.
 */
export function tallyOf(
  account: Account,
  entries: readonly OutboxEntry[],
  people: DemoPeople,
  now: number,
  zone: string,
): string {
  const got = today(entries, now, zone).filter(
    (entry) => entry.status === 'sent' && people.contacts[entry.to] === account.name,
  );
  const first = account.name.split(' ')[0] ?? account.name;
  const { atOnce, forTheRest } = tally(got);
  const messages = atOnce === 1 ? '1 message' : `${atOnce} messages`;
  const patients = account.patients === undefined ? '' : `, for ${account.patients} patients`;
  return `${first} got ${messages} today${patients}${forTheRest === 0 ? '' : `, and ${forTheRest} for the rest`}`;
}

export function wallTime(at: number, zone: string, seconds = false): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainTime();
  return time.toString({ smallestUnit: seconds ? 'second' : 'minute' });
}

function today(entries: readonly OutboxEntry[], now: number, zone: string): OutboxEntry[] {
  const date = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
  const asked = date(now);
  return entries.filter((entry) => date(Date.parse(entry.at)) === asked);
}
