import type { Language } from './areas.ts';
import { useLanguage } from './text.ts';

const locales: Record<Language, string> = { en: 'en-GB', hi: 'hi-IN-u-nu-latn' };
const made = new Map<string, Intl.DateTimeFormat>();

function format(lang: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang}${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locales[lang], options);
  made.set(key, known);
  return known;
}

/** A local date has no zone: it is read at noon UTC and shown in UTC, so it can never slip to a neighbour. */
const noon = (localDate: string) => new Date(`${localDate}T12:00:00Z`);
const utc = { timeZone: 'UTC' } as const;

export interface Dates {
  /** Monday 30 November */
  long(localDate: string): string;
  /** 30 Nov */
  short(localDate: string): string;
  /** 30 Nov, and 30 Nov 2025 outside this year */
  dated(localDate: string): string;
  /** 9–17 Nov */
  range(from: string, to: string): string;
  /** Mon */
  weekday(localDate: string): string;
  /** November, or November 2025 outside this year */
  month(month: string, thisYear: string): string;
  /** From Monday or Sunday on: short letter and full name. */
  weekdays(from: 'monday' | 'sunday'): { short: string; long: string }[];
  /** 9:42 am, सुबह 9:42, 1 pm: as people say it */
  spoken(instant: string, zone: string): string;
  /** 09:42 */
  clock(instant: string, zone: string): string;
  /** Mon 30 Nov, 09:40 */
  stamp(instant: string, zone: string): string;
  /** 20:00 of a wall-clock time in the reader's way of saying it */
  wall(clockTime: string): string;
  /** YYYY-MM-DD of an instant in a zone */
  localDate(instant: string, zone: string): string;
}

function dates(lang: Language): Dates {
  const on = (options: Intl.DateTimeFormatOptions, at: Date) => format(lang, options).format(at);
  // Hindi names the part of the day (सुबह 9:42); English says it with am and pm.
  const spokenTime: Intl.DateTimeFormatOptions =
    lang === 'hi'
      ? { hour: 'numeric', minute: '2-digit', dayPeriod: 'short', hourCycle: 'h12' }
      : { hour: 'numeric', minute: '2-digit', hourCycle: 'h12' };
  // A full hour is said without its minutes: 1 pm, दोपहर 1 बजे.
  const said = (time: string) => (lang === 'hi' ? time.replace(/:00$/, ' बजे') : time.replace(':00', ''));
  return {
    long: (localDate) =>
      on({ weekday: 'long', day: 'numeric', month: 'long', ...utc }, noon(localDate)).replace(',', ''),
    short: (localDate) => on({ day: 'numeric', month: 'short', ...utc }, noon(localDate)),
    dated: (localDate) =>
      on(
        {
          ...{ day: 'numeric', month: 'short' },
          ...(Number(localDate.slice(0, 4)) !== new Date().getFullYear() && { year: 'numeric' as const }),
          ...utc,
        },
        noon(localDate),
      ),
    range: (from, to) => format(lang, { day: 'numeric', month: 'short', ...utc }).formatRange(noon(from), noon(to)),
    weekday: (localDate) => on({ weekday: 'short', ...utc }, noon(localDate)),
    month: (month, thisYear) =>
      on(
        { month: 'long', ...(month.slice(0, 4) !== thisYear && { year: 'numeric' as const }), ...utc },
        noon(`${month}-15`),
      ),
    weekdays: (from) =>
      [0, 1, 2, 3, 4, 5, 6].map((offset) => {
        const day = noon(`2024-01-0${from === 'monday' ? 1 + offset : offset === 0 ? 7 : offset}`);
        return { short: on({ weekday: 'narrow', ...utc }, day), long: on({ weekday: 'long', ...utc }, day) };
      }),
    spoken: (instant, zone) => said(on({ ...spokenTime, timeZone: zone }, new Date(instant))),
    clock: (instant, zone) =>
      on({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }, new Date(instant)),
    stamp: (instant, zone) =>
      on(
        {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
          timeZone: zone,
        },
        new Date(instant),
      ),
    wall: (clockTime) => said(on({ ...spokenTime, ...utc }, new Date(`2024-01-01T${clockTime}:00Z`))),
    localDate: (instant, zone) =>
      new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(
        new Date(instant),
      ),
  };
}

export function useDates(): Dates {
  return dates(useLanguage());
}
