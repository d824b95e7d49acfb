import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../functions/shared/time.ts';
import { adherence, lastDays, tally } from '../../functions/treatment/adherence.ts';
import { type StatusKey, statusKeys } from '../../functions/treatment/dose-status.ts';
import { rollUp } from '../../functions/treatment/roll-up.ts';

const anyDays = fc
  .array(fc.array(fc.constantFrom(...statusKeys), { maxLength: 3 }), { maxLength: 40 })
  .map((days) => days.map((statuses, index) => ({ localDate: addDays('2026-11-01', index), statuses })));

describe('adherence', () => {
  it('is three numbers and what is in none of them', () => {
    const statuses: StatusKey[] = [
      'seen',
      'opened',
      'opened',
      'said',
      'shut',
      'missed',
      'waiting',
      'silent',
      'away',
      'hold',
      'yet',
    ];
    expect(adherence([{ localDate: '2026-11-30', statuses }])).toEqual({
      due: 9,
      observed: 1,
      supported: 3,
      claimed: 4,
      notKnown: 3,
      notOpened: 1,
      missed: 1,
      held: 1,
    });
  });

  it('always adds up, observed within supported within claimed', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const n = adherence(days);
        expect(n.claimed + n.notKnown + n.notOpened + n.missed).toBe(n.due);
        expect(n.observed <= n.supported && n.supported <= n.claimed && n.claimed <= n.due).toBe(true);
      }),
    );
  });

  it('leaves today out of the last seven days', () => {
    const days = Array.from({ length: 10 }, (_, index) => ({
      localDate: addDays('2026-11-21', index),
      statuses: ['opened' as const],
    }));
    expect(lastDays(days, '2026-11-30', 7).map((day) => day.localDate)).toEqual(
      Array.from({ length: 7 }, (_, index) => addDays('2026-11-23', index)),
    );
  });

  it('tells the patient whole days', () => {
    const statuses: StatusKey[][] = [
      ['seen'],
      ['opened', 'said'],
      ['opened', 'shut'],
      ['silent'],
      ['missed'],
      ['hold'],
      [],
      ['yet'],
    ];
    expect(tally(statuses.map((one, index) => ({ localDate: addDays('2026-11-01', index), statuses: one })))).toEqual({
      days: 5,
      taken: 2,
      notKnown: 2,
      notTaken: 1,
    });
  });
});

describe('a day with several slots', () => {
  it.each<[StatusKey[], StatusKey | undefined]>([
    [[], undefined],
    [['seen', 'opened'], 'opened'],
    [['opened', 'yet'], 'yet'],
    [['shut', 'yet'], 'shut'],
    [['shut', 'missed'], 'missed'],
    [['opened', 'hold'], 'opened'],
    [['hold', 'hold'], 'hold'],
    [['waiting', 'silent'], 'silent'],
    [['away', 'seen'], 'away'],
  ])('%j is %s', (statuses, expected) => {
    expect(rollUp(statuses)).toBe(expected);
    expect(rollUp([...statuses].reverse())).toBe(expected);
  });
});
