import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorking, nextWorking, workingDeadline } from '../../functions/organisations/calendar.ts';
import type { WorkingCalendar } from '../../functions/organisations/contract.ts';
import { addDays, instantAt } from '../../functions/shared/time.ts';

const gumla: WorkingCalendar = {
  zone: 'Asia/Kolkata',
  hours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
  holidays: [{ on: '2026-12-25', name: 'Christmas' }],
  onCall: [],
};
const inGumla = (date: string, time: string) => instantAt(date, time, 'Asia/Kolkata');

describe('the working calendar of a team', () => {
  it.each([
    ['Monday 09:00 is working', '2026-11-30', '09:00', true],
    ['Monday 16:59 is working', '2026-11-30', '16:59', true],
    ['Monday 17:00 is not', '2026-11-30', '17:00', false],
    ['Sunday is not', '2026-11-29', '12:00', false],
    ['a holiday is not', '2026-12-25', '12:00', false],
  ])('%s', (_, date, time, expected) => {
    expect(isWorking(gumla, inGumla(date, time))).toBe(expected);
  });

  it.each([
    ['four hours from ten', '2026-11-30', '10:00', 4, '2026-11-30', '14:00'],
    ['runs over the night', '2026-11-30', '15:00', 4, '2026-12-01', '11:00'],
    ['ends with the day and not the next morning', '2026-11-30', '13:00', 4, '2026-11-30', '17:00'],
    ['skips Sunday', '2026-11-28', '16:00', 4, '2026-11-30', '12:00'],
    ['skips a holiday', '2026-12-24', '16:00', 2, '2026-12-26', '10:00'],
    ['starts in the morning when it begins at night', '2026-11-30', '22:00', 4, '2026-12-01', '13:00'],
  ])('a deadline %s', (_, date, time, hours, untilDate, untilTime) => {
    expect(workingDeadline(gumla, inGumla(date, time), hours)).toBe(inGumla(untilDate, untilTime));
  });

  it('counts real hours on a day whose clock is put back', () => {
    const night = { ...gumla, zone: 'Europe/Berlin', hours: [{ weekday: 7, from: '00:00', to: '06:00' }] };
    const midnight = instantAt('2026-10-25', '00:00', 'Europe/Berlin');
    expect(workingDeadline(night, midnight, 7)).toBe(instantAt('2026-10-25', '06:00', 'Europe/Berlin'));
  });

  it('counts every hour when no hours are set', () => {
    expect(workingDeadline({ ...gumla, hours: [] }, '2026-11-29T12:00:00.000Z', 4)).toBe('2026-11-29T16:00:00.000Z');
  });

  it('counts hours that overlap once', () => {
    const twice = { ...gumla, hours: [...gumla.hours, { weekday: 1, from: '08:00', to: '12:00' }] };
    expect(workingDeadline(twice, inGumla('2026-11-30', '08:00'), 4)).toBe(inGumla('2026-11-30', '12:00'));
  });
});

const calendars = fc.record({
  zone: fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Lagos'),
  hours: fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 23 }))
      .map(([weekday, from, length]) => ({
        weekday,
        from: `${String(from).padStart(2, '0')}:00`,
        to: `${String(Math.min(23, from + length)).padStart(2, '0')}:30`,
      })),
    { minLength: 1, maxLength: 8 },
  ),
  holidays: fc.constant<WorkingCalendar['holidays']>([]),
  onCall: fc.constant<string[]>([]),
});
const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((milliseconds) => new Date(milliseconds).toISOString());

/** Counted another way: the hours of each day, what they have in common once. */
function workedSeconds({ zone, hours }: WorkingCalendar, from: string, to: string): number {
  const windows: [number, number][] = [];
  for (let date = addDays(from.slice(0, 10), -1); date <= addDays(to.slice(0, 10), 1); date = addDays(date, 1)) {
    const weekday = new Date(date).getUTCDay() || 7;
    for (const one of hours.filter((some) => some.weekday === weekday))
      windows.push([Date.parse(instantAt(date, one.from, zone)), Date.parse(instantAt(date, one.to, zone))]);
  }
  let counted = Date.parse(from);
  let sum = 0;
  for (const [opens, closes] of windows.sort(([a], [b]) => a - b)) {
    const end = Math.min(closes, Date.parse(to));
    sum += Math.max(0, end - Math.max(opens, counted));
    counted = Math.max(counted, end);
  }
  return sum / 1000;
}

describe('any calendar, zone and instant', () => {
  it('gives exactly the asked working time before the deadline', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 30 }), (calendar, from, hours) => {
        const deadline = workingDeadline(calendar, from, hours);
        expect(workedSeconds(calendar, from, deadline)).toBeCloseTo(hours * 3600, 3);
      }),
      { numRuns: 60 },
    );
  });

  it('never gives a longer task an earlier deadline', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 20 }), (calendar, from, hours) => {
        expect(workingDeadline(calendar, from, hours) <= workingDeadline(calendar, from, hours + 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('finds a next working moment in which the team works', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, from) => {
        const next = nextWorking(calendar, from);
        expect(next >= from).toBe(true);
        expect(isWorking(calendar, next)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
