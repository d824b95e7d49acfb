import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dosingDate, startOfDay } from '../../web/src/text/days.ts';

describe('a local date begins', () => {
  it.each([
    ['2026-11-30', 'Asia/Kolkata', '2026-11-29T18:30:00.000Z'],
    ['2026-11-30', 'UTC', '2026-11-30T00:00:00.000Z'],
    ['2026-11-30', 'Pacific/Kiritimati', '2026-11-29T10:00:00.000Z'],
    // The clock goes from midnight to one: the day begins at one.
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z'],
    // The clock goes from one back to midnight: the day has two, and begins with the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    // The clock goes from midnight back to eleven the evening before.
    ['2023-03-26', 'America/Asuncion', '2023-03-26T04:00:00.000Z'],
  ])('%s in %s: %s', (localDate, zone, instant) => expect(startOfDay(localDate, zone)).toBe(instant));

  it('where the calendar says, in any zone, on any day', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const days = fc.integer({ min: 0, max: 15 * 365 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, day) => {
        const date = Temporal.PlainDate.from('2015-01-01').add({ days: day });
        const begins = date.toZonedDateTime({ timeZone: zone }).startOfDay();
        expect(startOfDay(date.toString(), zone)).toBe(new Date(begins.epochMilliseconds).toISOString());
      }),
      { numRuns: 60 },
    );
  });
});

describe('a dose of a moment', () => {
  it.each([
    ['the afternoon', '2026-11-29T10:00:00.000Z', '2026-11-29'],
    ['half past midnight', '2026-11-29T19:00:00.000Z', '2026-11-29'],
    ['a minute before three', '2026-11-29T21:29:00.000Z', '2026-11-29'],
    ['three in the morning', '2026-11-29T21:30:00.000Z', '2026-11-30'],
  ])('%s in Kolkata', (_, instant, date) => expect(dosingDate(instant, 'Asia/Kolkata', '03:00')).toBe(date));
});
