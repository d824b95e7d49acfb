import type { Template } from '../../../functions/notifications/message.ts';
import { say } from '../../../functions/notifications/words.ts';
import type { OutboxEntry } from '../aws/index.ts';

/** Sent at once and counted to a person's day, as the worklist counts them: each about one patient. */
const atOnce: readonly Template[] = ['alert-opened', 'alert-worse', 'alert-gate', 'alert-climbed', 'cannot-take'];
/** What waits, or comes as one for many; the day's number leaves it out. */
const forTheRest: readonly Template[] = ['more-waiting', 'digest', 'daily-summary', 'alert-no-need'];

export type Tally = { readonly atOnce: number; readonly forTheRest: number };

/** What left for one person, told apart by its words: nothing else of a message leaves the building. Codes count nowhere. */
export function tally(entries: readonly OutboxEntry[]): Tally {
  const count = (templates: readonly Template[]) =>
    entries.filter((entry) => templates.some((template) => isOf(entry, template))).length;
  return { atOnce: count(atOnce), forTheRest: count(forTheRest) };
}

const gap = '\u0000';
const gaps = new Proxy<Record<string, string>>({}, { get: () => gap });

function isOf({ subject, text }: OutboxEntry, template: Template): boolean {
  return ['en', 'hi'].some((language) => {
    const said = say(template, gaps, language);
    if (subject !== undefined) return subject === said.title;
    const [start = '', ...more] = said.text.split(gap);
    return text.startsWith(start) && more.every((piece) => text.includes(piece));
  });
}
