import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climb, firstRungs, type People } from '../../functions/alerts/ladder.ts';

const at = '2026-11-30T04:10:00.000Z';

function people(overrides: Partial<People> = {}): People {
  return {
    patient: { id: 'pat_1', reachable: true },
    supporters: [{ id: 'sup_1', reachable: true }],
    ownerId: 'usr_nurse',
    staffIds: ['usr_nurse', 'usr_worker'],
    supervisorId: 'usr_boss',
    ...overrides,
  };
}

describe('the ladder', () => {
  it('tells patient, supporter and owner when an alert opens', () => {
    expect(firstRungs(people(), 'opened', at).map(({ rung, skipped }) => [rung, skipped])).toEqual([
      ['patient', undefined],
      ['supporter', undefined],
      ['owner', undefined],
    ]);
  });

  it('skips at once who has no channel, and says so', () => {
    const told = firstRungs(people({ patient: { id: 'pat_1', reachable: false }, supporters: [] }), 'opened', at);
    expect(told.map(({ rung, skipped }) => [rung, skipped])).toEqual([
      ['patient', 'no-channel'],
      ['supporter', 'not-there'],
      ['owner', undefined],
    ]);
  });

  it('climbs from the owner to a colleague to the supervisor', () => {
    const first = climb({ ownerId: 'usr_nurse', rung: 0 }, people(), at);
    expect(first).toMatchObject({ ownerId: 'usr_worker', rung: 1, more: true });
    const second = climb(first, people(), at);
    expect(second).toMatchObject({ ownerId: 'usr_boss', rung: 2, more: false });
    expect(climb(second, people(), at)).toMatchObject({ ownerId: 'usr_boss', more: false, told: [] });
  });

  it('goes past an empty rung at once and says so', () => {
    const alone = people({ staffIds: ['usr_nurse'] });
    const outcome = climb({ ownerId: 'usr_nurse', rung: 0 }, alone, at);
    expect(outcome.ownerId).toBe('usr_boss');
    expect(outcome.told.map(({ rung, skipped }) => [rung, skipped])).toEqual([
      ['health-worker', 'not-there'],
      ['supervisor', undefined],
    ]);
  });

  it('never leaves an alert without an owner and always ends', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(id, fc.array(id), fc.option(id, { nil: undefined }), (owner, staffIds, supervisor) => {
        const who = people({ ownerId: owner, staffIds, ...(supervisor !== undefined && { supervisorId: supervisor }) });
        let now: { ownerId: string; rung: number } = { ownerId: owner, rung: 0 };
        for (let step = 0; step < 5; step++) {
          const outcome = climb(now, who, at);
          expect(outcome.ownerId).not.toBe('');
          if (!outcome.more) return;
          expect(outcome.rung).toBeGreaterThan(now.rung);
          now = outcome;
        }
        throw new Error('it climbs for ever');
      }),
    );
  });
});
