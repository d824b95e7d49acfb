import { describe, expect, it } from 'vitest';
import { dueBetween } from '../../functions/treatment/due-steps.ts';
import { isRunningOut, runsOutOn } from '../../functions/treatment/run-out.ts';
import { aDrug, aPlan, twiceDaily } from './builders.ts';

const hold = {
  id: 'h',
  from: '2026-11-30',
  to: '2026-11-30',
  reason: 'x',
  author: 'a',
  at: '2026-11-30T00:00:00.000Z',
};

describe('due steps', () => {
  it('remind, remind again and close each slot', () => {
    const steps = dueBetween(aPlan({ version1: twiceDaily }), '2026-11-29T21:30:00.000Z', '2026-11-30T21:30:00.000Z');
    expect(steps.map((step) => `${step.at.slice(11, 16)} ${step.slot} ${step.step}`)).toEqual([
      '02:30 morning remind',
      '04:30 morning remind-again',
      '08:30 morning close',
      '14:30 evening remind',
      '16:30 evening remind-again',
      '21:30 evening close',
    ]);
  });

  it('falls in one interval when intervals touch', () => {
    const plan = aPlan();
    const edges = [
      '2026-11-29T21:30:00.000Z',
      '2026-11-30T02:30:00.000Z',
      '2026-11-30T04:30:00.000Z',
      '2026-12-01T21:30:00.000Z',
    ] as const;
    const parts = [
      dueBetween(plan, edges[0], edges[1]),
      dueBetween(plan, edges[1], edges[2]),
      dueBetween(plan, edges[2], edges[3]),
    ].flat();
    expect(parts).toEqual(dueBetween(plan, edges[0], edges[3]));
  });

  it('has nothing on hold or after the stop', () => {
    const week = ['2026-11-29T22:00:00.000Z', '2026-12-06T22:00:00.000Z'] as const;
    expect(dueBetween(aPlan({ holds: [hold] }), ...week)[0]).toMatchObject({ localDate: '2026-12-01', step: 'remind' });
    const stopped = { reason: 'died', on: '2026-11-30', at: '2026-11-30T00:00:00.000Z', author: 'a' } as const;
    expect(dueBetween(aPlan({ stopped }), '2026-11-30T00:00:00.000Z', week[1])).toEqual([]);
  });
});

describe('run-out', () => {
  const refill = (pills: number) => ({
    id: 'r',
    from: '2026-11-20T04:00:00.000Z',
    to: '2026-11-20T05:00:00.000Z',
    localDate: '2026-11-20',
    counted: [{ medicine: 'isoniazid-300', pills: 2 }],
    given: [{ medicine: 'isoniazid-300', pills }],
    author: 'a',
    at: '2026-11-20T05:00:00.000Z',
  });

  it('is the first day without its pills, counted and given', () => {
    expect(runsOutOn(aPlan({ refills: [refill(8)] }))).toBe('2026-11-30');
    expect(runsOutOn(aPlan({ refills: [refill(8)], holds: [hold] }))).toBe('2026-12-01');
    expect(
      runsOutOn(
        aPlan({
          refills: [refill(8)],
          version1: {
            drugs: [aDrug({ steps: [{ repeat: { kind: 'daily' }, doses: [{ slot: 'day', count: 2.5 }] }] })],
          },
        }),
      ),
    ).toBe('2026-11-24');
  });

  it('is nothing when the plan ends first', () => {
    expect(runsOutOn(aPlan({ end: '2026-11-29', refills: [refill(8)] }))).toBeUndefined();
  });

  it('is on the worklist three days before', () => {
    expect([
      isRunningOut('2026-12-03', '2026-11-30'),
      isRunningOut('2026-12-04', '2026-11-30'),
      isRunningOut(undefined, '2026-11-30'),
    ]).toEqual([true, false, false]);
  });
});
