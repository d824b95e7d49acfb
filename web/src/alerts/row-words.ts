import type { Reason, TaskKind, WorkRow } from '../../../functions/alerts/contract.ts';
import { outcomeWords, sayReason } from '../../../functions/alerts/contract.ts';
import type { GlyphName } from '../look/glyph.tsx';
import type { IconName } from '../look/icon.tsx';
import type { Language } from '../text/areas.ts';
import type { Dates } from '../text/dates.ts';
import type { Text } from '../text/text.ts';

type Sign = { readonly glyph: GlyphName } | { readonly icon: IconName };

const signs: Readonly<Record<TaskKind, Sign>> = {
  'cannot-take': { glyph: 'yellow' },
  'ask-patient': { glyph: 'silent' },
  'back-with-box': { glyph: 'away' },
  'run-out': { icon: 'pills' },
  promised: { icon: 'message' },
  'box-return': { icon: 'box' },
  device: { glyph: 'silent' },
};

/** The shape that stands before a row: the band of an alert, the kind of a task. */
export function signOf(row: WorkRow): Sign {
  if (row.kind === 'alert') return { glyph: row.band === 'red' ? 'red' : 'yellow' };
  if (row.contactBy !== undefined) return { glyph: 'red' };
  if (row.reason.key === 'promised' && row.reason.params.what === 'visit') return { icon: 'pin' };
  return row.taskKind ? signs[row.taskKind] : { icon: 'list' };
}

/** The coloured first word: the band, or what the patient told us. */
export function leadOf(row: WorkRow, t: Text<'work'>): string | undefined {
  const others = (row.also ?? []).map(({ reason }) => toldUs(reason, t));
  const leads = [toldUs(row.reason, t) ?? bandWord(row, t), ...others].filter((lead) => lead !== undefined);
  return leads.length === 0 ? undefined : [...new Set(leads)].join(' · ');
}

function toldUs(reason: Reason, t: Text<'work'>): string | undefined {
  return reason.key === 'cannot-take' ? t(`cannot.${reason.params.reason}`) : undefined;
}

function bandWord(row: WorkRow, t: Text<'work'>): string | undefined {
  if (row.kind !== 'alert') return row.contactBy === undefined ? undefined : t('band.red');
  return t(row.band === 'red' ? 'band.red' : row.band === 'yellow' ? 'band.yellow' : 'band.notice');
}

/** Why this row stands here, in one line: each thing that there is to do about the patient, with its note. */
export function rowWhy(row: WorkRow, t: Text<'work'>, lang: Language, dates: Pick<Dates, 'short'>): string {
  const all = [row, ...(row.also ?? [])];
  const says = all.flatMap(({ reason, note }) => [
    ...(reason.key === 'cannot-take' ? [] : [whyOf(reason, lang, dates)]),
    ...(note === undefined ? [] : [note]),
  ]);
  // The lead says what was told; that it was told is news only where nothing else is said.
  const told = all.every(({ reason }) => reason.key === 'cannot-take') ? [t('work.told')] : [];
  return [...told, ...new Set(says)].join(' ');
}

/** The reason in the reader's language, dates as people say them, and what was promised after which outcome. */
export function whyOf(reason: Reason, lang: Language, dates: Pick<Dates, 'short'>): string {
  const said = sayReason(reason, lang).replace(/\d{4}-\d{2}-\d{2}/g, (date) => dates.short(date));
  // "Visit planned. A visit is planned." says it twice.
  const after = reason.key === 'promised' && reason.params.after !== 'visit-planned' ? reason.params.after : undefined;
  const outcome =
    after !== undefined && after in outcomeWords
      ? Object.entries(outcomeWords).find(([key]) => key === after)?.[1][lang]
      : undefined;
  return outcome ? `${outcome}. ${said}` : said;
}

type Clocks = Pick<Dates, 'localDate' | 'clock' | 'stamp' | 'short'>;

/**
 * The earliest duty: `by 12:00` to say "I'm on it", `before 12:00` to have spoken; and `in 2 h 20 min`, or how late it is.
 * A time outside working hours stands as it is, with the last moment to do it at work.
 */
export function deadlineOf(row: WorkRow, asOf: number, zone: string, dates: Clocks, t: Text<'work'>) {
  if (row.dueBy === undefined) return row.dueOn ? { text: sayDay(row.dueOn, asOf, zone, dates, t) } : undefined;
  const minutes = Math.round((Date.parse(row.dueWithin ?? row.dueBy) - asOf) / 60_000);
  const today = dates.localDate(new Date(asOf).toISOString(), zone);
  const say = (at: string) => (dates.localDate(at, zone) === today ? dates.clock(at, zone) : dates.stamp(at, zone));
  const clock = say(row.dueBy);
  if (minutes < 0)
    return {
      text: t('due.late', { time: sayMinutes(-minutes, t) }),
      small: t('due.was', { time: say(row.dueWithin ?? row.dueBy) }),
      late: true,
    };
  return {
    text: t(row.duty === 'acknowledge' ? 'due.by' : 'due.before', { time: clock }),
    small: row.dueWithin
      ? t('due.within', { time: say(row.dueWithin) })
      : t('due.in', { time: sayMinutes(minutes, t) }),
  };
}

function sayDay(localDate: string, asOf: number, zone: string, dates: Clocks, t: Text<'work'>): string {
  return localDate === dates.localDate(new Date(asOf).toISOString(), zone) ? t('due.today') : dates.short(localDate);
}

/** `2 h 20 min`, `45 min`, `3 d`. */
export function sayMinutes(minutes: number, t: Text<'work'>): string {
  if (minutes >= 48 * 60) return t('time.days', { count: Math.round(minutes / 1440) });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('time.minutes', { count: minutes });
  return rest === 0 ? t('time.hours', { count: hours }) : t('time.hours-minutes', { hours, minutes: rest });
}
