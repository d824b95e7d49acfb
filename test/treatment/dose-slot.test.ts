import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../functions/shared/time.ts';
import { dosingDateOf, slotsOn } from '../../functions/treatment/dose-slot.ts';
import type { Repeat } from '../../functions/treatment/plan-shapes.ts';
import { dosesOn } from '../../functions/treatment/schedule.ts';
import { aDrug, aPlan, aVersion, twiceDaily } from './builders.ts';

const windows = (plan: ReturnType<typeof aPlan>, date: string) =>
  slotsOn(plan, date).map((slot) => [
    slot.name,
    slot.opensAt.slice(5, 16),
    slot.plannedAt.slice(5, 16),
    slot.closesAt.slice(5, 16),
  ]);

describe('the slots of a dosing day', () => {
  it('leave a once-daily slot open until the dosing day ends', () => {
    expect(windows(aPlan(), '2026-11-30')).toEqual([['day', '11-29T21:30', '11-30T02:30', '11-30T21:30']]);
  });

  it('close the first of two halfway to the next', () => {
    expect(windows(aPlan({ version1: twiceDaily }), '2026-11-30')).toEqual([
      ['morning', '11-29T21:30', '11-30T02:30', '11-30T08:30'],
      ['evening', '11-30T08:30', '11-30T14:30', '11-30T21:30'],
    ]);
  });

  it('put a time before the roll-over into the small hours of the next date', () => {
    const plan = aPlan({ version1: { zone: 'UTC', slots: [{ name: 'day', time: '01:00' }] } });
    expect(windows(plan, '2026-11-30')).toEqual([['day', '11-30T03:00', '12-01T01:00', '12-01T03:00']]);
  });

  it('roll when the plan says so', () => {
    const plan = aPlan({ version1: { zone: 'UTC', dayRollsAt: '05:00' } });
    expect(dosingDateOf(plan, '2026-11-30T04:59:59.999Z')).toBe('2026-11-29');
    expect(dosingDateOf(plan, '2026-11-30T05:00:00.000Z')).toBe('2026-11-30');
  });

  it.each([
    ['spring: a dose at an hour that does not exist comes an hour later', '2027-03-28', '02:30', '2027-03-28T01:30'],
    ['autumn: a dose at an hour that comes twice is at its first', '2026-10-25', '02:30', '2026-10-25T00:30'],
  ])('at a change of clocks in %s', (_name, date, time, plannedAt) => {
    const plan = aPlan({
      start: '2026-10-01',
      version1: { zone: 'Europe/Berlin', dayRollsAt: '01:00', slots: [{ name: 'day', time }] },
    });
    expect(slotsOn(plan, date)[0]?.plannedAt.slice(0, 16)).toBe(plannedAt);
  });

  it('keep both doses of a day on which the patient flies east and the day gets shorter', () => {
    const plan = aPlan({
      versions: [
        aVersion({ zone: 'Europe/London', ...twiceDaily }),
        aVersion({ n: 2, from: '2026-11-30', ...twiceDaily }),
      ],
    });
    expect(windows(plan, '2026-11-29')).toEqual([
      ['morning', '11-29T03:00', '11-29T08:00', '11-29T14:00'],
      ['evening', '11-29T14:00', '11-29T20:00', '11-29T21:30'],
    ]);
    expect(windows(plan, '2026-11-30')[0]).toEqual(['morning', '11-29T21:30', '11-30T02:30', '11-30T08:30']);
  });

  it('has none on a date that its zone skipped', () => {
    const plan = aPlan({ start: '2011-12-01', version1: { zone: 'Pacific/Apia' } });
    expect(slotsOn(plan, '2011-12-30')).toEqual([]);
    expect(slotsOn(plan, '2011-12-29')[0]?.closesAt).toBe(slotsOn(plan, '2011-12-31')[0]?.opensAt);
  });

  it('drops what was still open when treatment stopped', () => {
    const stopped = { reason: 'died', on: '2026-11-30', at: '2026-11-30T09:00:00.000Z', author: 'usr_a' } as const;
    const plan = aPlan({ version1: twiceDaily, stopped });
    expect(slotsOn(plan, '2026-11-30').map((slot) => slot.name)).toEqual(['morning']);
    expect(slotsOn(plan, '2026-12-01')).toEqual([]);
  });
});

describe('a moment belongs to the dosing day', () => {
  it.each([
    ['of the evening before, half an hour past midnight', '2026-11-30T19:00:00.000Z', '2026-11-30'],
    ['that is about to end', '2026-11-30T21:29:59.999Z', '2026-11-30'],
    ['that has just begun', '2026-11-30T21:30:00.000Z', '2026-12-01'],
  ])('%s', (_name, at, localDate) => expect(dosingDateOf(aPlan({ version1: twiceDaily }), at)).toBe(localDate));
});

const zones = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'Europe/Athens',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Asia/Beirut',
  'America/Havana',
  'UTC',
];
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const repeat = fc.oneof(
  fc.constant({ kind: 'daily' } as const),
  fc.constant({ kind: 'every-other-day' } as const),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
    .map((weekdays) => ({ kind: 'weekdays' as const, weekdays })),
);
const schedule = fc.record({
  zone: fc.constantFrom(...zones),
  times: fc.uniqueArray(clock, { minLength: 1, maxLength: 4 }),
  repeat,
  dayRollsAt: fc.constantFrom('00:00', '02:00', '03:00', '05:30'),
});

function planFrom(
  made: { zone: string; times: string[]; repeat: Repeat; dayRollsAt: string },
  n = 1,
  from = '2026-01-01',
) {
  const slots = made.times.map((time, index) => ({ name: `s${index}`, time }));
  const drugs = [
    aDrug({ steps: [{ repeat: made.repeat, doses: slots.map((slot) => ({ slot: slot.name, count: 1 })) }] }),
  ];
  return aVersion({ n, from, zone: made.zone, dayRollsAt: made.dayRollsAt, slots, drugs });
}

function slotIdAt(plan: ReturnType<typeof aPlan>, at: string): string | undefined {
  return slotsOn(plan, dosingDateOf(plan, at)).find((slot) => slot.opensAt <= at && at < slot.closesAt)?.slotId;
}

/** Around every change of clocks of 2026 and 2027, and the days between. */
const startDay = fc.integer({ min: 0, max: 720 });

describe('for every zone, schedule and change of clocks', () => {
  it('each due slot has one instant inside its window, windows follow each other without a hole, and ids are unique', () => {
    fc.assert(
      fc.property(schedule, startDay, (made, offset) => {
        const plan = aPlan({ start: '2026-01-01', versions: [planFrom(made)] });
        const first = addDays('2026-01-02', offset);
        const days = [0, 1, 2, 3].map((day) => addDays(first, day));
        const ids: string[] = [];
        let end: string | undefined;
        for (const date of days) {
          const slots = slotsOn(plan, date);
          expect(slots.length).toBe(new Set(dosesOn(plan, date).map((dose) => dose.slot)).size);
          for (const [index, slot] of slots.entries()) {
            expect(slot.opensAt <= slot.plannedAt && slot.plannedAt < slot.closesAt).toBe(true);
            if (index > 0) expect(slot.opensAt).toBe(slots[index - 1]?.closesAt);
            if (index === 0 && end !== undefined) expect(slot.opensAt >= end).toBe(true);
            end = slot.closesAt;
            ids.push(slot.slotId);
            expect(slotIdAt(plan, slot.plannedAt)).toBe(slot.slotId);
          }
        }
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 20 },
    );
  });

  it('a plan that moves to another zone keeps every dose, once, at an instant of its own', () => {
    fc.assert(
      fc.property(
        schedule,
        fc.constantFrom(...zones, 'Pacific/Kiritimati', 'Pacific/Pago_Pago'),
        startDay,
        (made, other, offset) => {
          const moved = addDays('2026-01-04', offset);
          const daily = { ...made, repeat: { kind: 'daily' } as const };
          const plan = aPlan({
            start: '2026-01-01',
            versions: [planFrom(daily), planFrom({ ...daily, zone: other }, 2, moved)],
          });
          const slots = [-2, -1, 0, 1, 2].flatMap((day) => slotsOn(plan, addDays(moved, day)));
          expect(new Set(slots.map((slot) => slot.slotId)).size).toBe(5 * made.times.length);
          for (const [index, slot] of slots.entries()) {
            expect(slot.opensAt <= slot.plannedAt && slot.plannedAt < slot.closesAt).toBe(true);
            if (index > 0) expect(slot.opensAt).toBe(slots[index - 1]?.closesAt);
            expect(slotIdAt(plan, slot.plannedAt)).toBe(slot.slotId);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('an id does not change when times, zone or version do', () => {
    fc.assert(
      fc.property(schedule, fc.constantFrom(...zones), (made, zone) => {
        const daily = { ...made, repeat: { kind: 'daily' } as const };
        const one = slotsOn(aPlan({ start: '2026-01-01', versions: [planFrom(daily)] }), '2026-06-01');
        const two = slotsOn(aPlan({ start: '2026-01-01', versions: [planFrom({ ...daily, zone })] }), '2026-06-01');
        expect(two.map((slot) => slot.slotId)).toEqual(one.map((slot) => slot.slotId));
      }),
      { numRuns: 30 },
    );
  });
});
