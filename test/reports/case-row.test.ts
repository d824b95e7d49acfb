import { describe, expect, it } from 'vitest';
import { type Case, caseAt, fits, isNotYet, showsTheSame } from '../../functions/reports/case-row.ts';

const slot = (localDate: string, status: Case['slots'][number]['status']) => ({
  name: 'day',
  status,
  plannedAt: `${localDate}T02:30:00.000Z`,
  closesAt: `${localDate}T21:30:00.000Z`,
  critical: false,
});
const row: Case = {
  patientId: 'pat_1',
  teamId: 'team_1',
  code: 'GUM-0388-2',
  name: 'Ramesh Munda',
  localDate: '2026-11-30',
  slots: [slot('2026-11-30', 'opened')],
  days28: 'ooo-oooqo',
  ahead: [
    { localDate: '2026-12-01', startsAt: '2026-11-30T21:30:00.000Z', slots: [slot('2026-12-01', 'yet')] },
    { localDate: '2026-12-02', startsAt: '2026-12-01T21:30:00.000Z', slots: [] },
  ],
  updatedAt: '2026-11-30T04:10:00.000Z',
};

describe('a row of the caseload', () => {
  it('is what was projected while its dosing day runs', () => {
    const now = caseAt(row, '2026-11-30T20:00:00.000Z');
    expect(now).toMatchObject({ localDate: '2026-11-30', days28: 'ooo-oooqo' });
    expect(isNotYet(now, '2026-11-30T20:00:00.000Z')).toBe(false);
  });

  it('turns the page at the beginning of the next dosing day, without a write', () => {
    const now = caseAt(row, '2026-12-01T03:00:00.000Z');
    expect(now).toMatchObject({ localDate: '2026-12-01', days28: 'ooo-oooqoy' });
    expect(isNotYet(now, '2026-12-01T03:00:00.000Z')).toBe(true);
  });

  it('says waiting, not taken, of an open day that went by without news, and nothing of a day without a dose', () => {
    const open = { ...row, slots: [slot('2026-11-30', 'yet')], days28: 'oy' };
    expect(caseAt(open, '2026-12-02T03:00:00.000Z').days28).toBe('oww-');
  });

  it('says waiting of a window that closed within the day', () => {
    const morning = { ...slot('2026-11-30', 'yet'), closesAt: '2026-11-30T08:30:00.000Z' };
    const evening = slot('2026-11-30', 'yet');
    const statuses = caseAt({ ...row, slots: [morning, evening] }, '2026-11-30T08:30:00.000Z').slots.map(
      ({ status }) => status,
    );
    expect(statuses).toEqual(['waiting', 'yet']);
  });

  it('is written again when something happened, not because a day began', () => {
    const tomorrow = '2026-12-01T03:00:00.000Z';
    const fresh: Case = {
      ...row,
      localDate: '2026-12-01',
      slots: [slot('2026-12-01', 'yet')],
      days28: 'ooo-oooqoy',
      ahead: [
        { localDate: '2026-12-02', startsAt: '2026-12-01T21:30:00.000Z', slots: [] },
        { localDate: '2026-12-03', startsAt: '2026-12-02T21:30:00.000Z', slots: [slot('2026-12-03', 'yet')] },
      ],
      updatedAt: tomorrow,
    };
    expect(showsTheSame(row, fresh, tomorrow)).toBe(true);
    const opened = { ...fresh, slots: [slot('2026-12-01', 'opened')], days28: 'ooo-oooqoo' };
    expect(showsTheSame(row, opened, tomorrow)).toBe(false);
    expect(showsTheSame(row, { ...fresh, ahead: fresh.ahead.slice(1) }, tomorrow)).toBe(false);
    const replanned = {
      localDate: '2026-12-02',
      startsAt: '2026-12-01T21:30:00.000Z',
      slots: [slot('2026-12-02', 'yet')],
    };
    expect(showsTheSame(row, { ...fresh, ahead: [replanned] }, tomorrow)).toBe(false);
  });

  it.each([
    ['ram', true],
    ['munda', true],
    ['unda', false],
    ['0388', true],
    ['gum03882', true],
    ['', true],
  ])('fits a search for %j: %s', (search, found) => {
    expect(fits(row, search)).toBe(found);
  });
});
