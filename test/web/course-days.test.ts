import { describe, expect, it } from 'vitest';
import type { CourseView } from '../../functions/treatment/contract.ts';
import { dayStatuses, monthWeeks, stepMonth } from '../../web/src/treatment/course-days.ts';

const aCourse = (over: Partial<CourseView> = {}): CourseView => ({
  patientId: 'pat_1',
  months: [],
  days: [],
  quiet: [],
  ...over,
});

describe('a course as a calendar', () => {
  it('reads earlier months from their letters, a dash being a day on which nothing was due', () => {
    const days = dayStatuses(aCourse({ months: [{ month: '2026-10', slots: { morning: '-so' } }] }));
    expect([...days]).toEqual([
      ['2026-10-02', 'seen'],
      ['2026-10-03', 'opened'],
    ]);
  });

  it('shows a day with several slots by its weakest one', () => {
    const months = [{ month: '2026-10', slots: { morning: 'soo', evening: 'ocm' } }];
    expect([...dayStatuses(aCourse({ months })).values()]).toEqual(['opened', 'said', 'missed']);
  });

  it('lays a month out in weeks from Sunday on', () => {
    const weeks = monthWeeks('2026-11');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe('2026-11-01');
    expect(weeks[4]?.slice(0, 3)).toEqual(['2026-11-29', '2026-11-30', undefined]);
  });

  it.each([
    ['2026-01', -1, '2025-12'],
    ['2026-12', 1, '2027-01'],
    ['2024-03', -1, '2024-02'],
  ])('turns %s by %i to %s', (month, by, expected) => {
    expect(stepMonth(month, by)).toBe(expected);
  });
});
