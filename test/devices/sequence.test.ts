import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSeq, type BootRuns, hasSeq, type Runs, runLimit, spoken } from '../../functions/devices/sequence.ts';

/** Event n of a box with a right clock happened n minutes in and was received at once. */
const at = (minute: number) => [minute * 60, minute * 60] as const;
const runsOf = (seqs: readonly number[]) => seqs.reduce<Runs>((runs, seq) => addSeq(runs, seq, at(seq)), []);
const aBoot = (seqs: readonly number[], more: Partial<BootRuns> = {}): BootRuns => ({
  bootId: 'b1',
  runs: runsOf(seqs),
  clock: { offsetMs: 0 },
  ...more,
});

describe('the numbers of a boot', () => {
  it('are the same set in any order, however often they are repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: runLimit * 2 - 1 }), { maxLength: 40 }), (seqs) => {
        const known = new Set(seqs);
        const runs = runsOf(seqs);
        expect(runs).toEqual(runsOf([...known].sort((a, b) => b - a)));
        const numbers = Array.from({ length: 30 }, (_, seq) => seq);
        expect(numbers.filter((seq) => hasSeq(runs, seq))).toEqual(numbers.filter((seq) => known.has(seq)));
      }),
    );
  });

  it('take one run while nothing is missing', () => {
    expect(runsOf([3, 1, 2, 5, 4])).toEqual([[1, 5, at(1), at(5)]]);
  });

  it('forget the oldest run when there are too many holes, never the newest', () => {
    const odd = Array.from({ length: runLimit + 3 }, (_, index) => index * 2 + 1);
    const runs = runsOf(odd);
    expect(runs).toHaveLength(runLimit);
    expect(hasSeq(runs, odd.at(-1) ?? 0)).toBe(true);
    expect(hasSeq(runs, 1)).toBe(false);
  });
});

describe('how far a box has spoken', () => {
  it('reaches to its last event when nothing is missing', () => {
    expect(spoken([aBoot([1, 2, 3])])).toEqual({ through: 180, gaps: [] });
  });

  it('has a gap between the neighbours of a missing number, and none once it arrives', () => {
    expect(spoken([aBoot([1, 2, 4])])).toEqual({ through: 240, gaps: [{ from: 120, to: 240 }] });
    expect(spoken([aBoot([1, 2, 4, 3])])).toEqual({ through: 240, gaps: [] });
  });

  it('lets the first boot that we know start anywhere, and later ones at 0 or 1 only', () => {
    expect(spoken([aBoot([17, 18])]).gaps).toEqual([]);
    expect(spoken([aBoot([1, 2]), aBoot([10, 11], { bootId: 'b2' })]).gaps).toEqual([{ from: 120, to: 600 }]);
  });

  it('has a gap when a new boot says that the one before had said more', () => {
    const second = { bootId: 'b2', runs: addSeq([], 0, at(30)), clock: {}, previousBootId: 'b1' };
    expect(spoken([aBoot([1, 2]), { ...second, previousLastSeq: 5 }]).gaps).toEqual([{ from: 120, to: 1800 }]);
    const atOnce = { ...second, clock: { bootedAtMs: 150_000 } };
    expect(spoken([aBoot([1, 2]), { ...atOnce, previousLastSeq: 5 }]).gaps).toEqual([{ from: 120, to: 1800 }]);
    expect(spoken([aBoot([1, 2]), { ...atOnce, previousLastSeq: 2 }]).gaps).toEqual([]);
  });

  it('has a gap while it was without power: between its last word and the next start', () => {
    const second = { bootId: 'b2', runs: addSeq([], 0, at(200)), clock: { bootedAtMs: 10_000_000 } };
    expect(spoken([aBoot([1, 2]), second]).gaps).toEqual([{ from: 120, to: 10_000 }]);
  });

  it('does not move back for a boot whose clock stands in another year', () => {
    const lost: BootRuns = { bootId: 'b2', runs: addSeq([], 0, [60, 9_000_000]), clock: { offsetMs: 9e12 } };
    expect(spoken([aBoot([1, 2, 3]), lost]).through).toBe(180);
  });

  it('never claims an instant that a missing event may follow', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (seqs) => {
        const result = spoken([aBoot(seqs)]);
        const first = Math.min(...seqs);
        for (let seq = first; seq <= Math.max(...seqs); seq++) {
          if (seqs.includes(seq)) continue;
          expect(result.gaps.some((gap) => gap.from <= seq * 60 && seq * 60 <= gap.to)).toBe(true);
        }
      }),
    );
  });
});
