import { expect, it } from 'vitest';
import { readSchedule } from '../../infra/local/clock/schedule-expression.ts';

const next = (expression: string, after: string, zone?: string) => {
  const at = readSchedule(expression, zone)(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString();
};

it.each([
  ['rate(1 minute)', '2026-11-30T04:10:20Z', '2026-11-30T04:11:00.000Z'],
  ['rate(1 minute)', '2026-11-30T04:10:00Z', '2026-11-30T04:11:00.000Z'],
  ['rate(6 hours)', '2026-11-30T04:10:20Z', '2026-11-30T06:00:00.000Z'],
  ['cron(45 21 * * ? *)', '2026-11-30T04:10:20Z', '2026-11-30T21:45:00.000Z'],
  ['cron(45 21 * * ? *)', '2026-11-30T21:45:00Z', '2026-12-01T21:45:00.000Z'],
  ['cron(0/15 9-10 ? * MON-FRI *)', '2026-11-28T12:00:00Z', '2026-11-30T09:00:00.000Z'],
  ['cron(0 8 1 * ? *)', '2026-11-30T04:10:20Z', '2026-12-01T08:00:00.000Z'],
  ['cron(0 8 L * ? *)', '2027-02-03T00:00:00Z', '2027-02-28T08:00:00.000Z'],
  ['cron(0 8 ? * 6#3 *)', '2026-11-21T00:00:00Z', '2026-12-18T08:00:00.000Z'],
  ['cron(0 8 ? * SUNL *)', '2026-11-01T12:00:00Z', '2026-11-29T08:00:00.000Z'],
  ['cron(30 10 ? JAN * 2027)', '2026-11-30T00:00:00Z', '2027-01-01T10:30:00.000Z'],
])('%s after %s fires at %s', (expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

it('counts in the zone it is given, and skips a local time that a clock change skips', () => {
  expect(next('cron(0 8 * * ? *)', '2026-11-30T00:00:00Z', 'Asia/Kolkata')).toBe('2026-11-30T02:30:00.000Z');
  expect(next('cron(30 2 * * ? *)', '2027-03-27T12:00:00Z', 'Europe/Berlin')).toBe('2027-03-29T00:30:00.000Z');
});

it('fires a one-time schedule once', () => {
  expect(next('at(2026-12-01T08:00:00)', '2026-11-30T00:00:00Z', 'Asia/Kolkata')).toBe('2026-12-01T02:30:00.000Z');
  expect(next('at(2026-12-01T08:00:00)', '2026-12-02T00:00:00Z')).toBeUndefined();
});

it('refuses what it cannot read', () => {
  expect(() => readSchedule('every day')).toThrow('every day');
  expect(() => readSchedule('cron(0 8 * *)')).toThrow('six fields');
  expect(() => readSchedule('cron(soon 8 * * ? *)')).toThrow('soon');
});
