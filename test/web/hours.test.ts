import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeFirstDay, moreHours } from '../../web/src/organisations/team/hours.ts';

const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const week = fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: clockTime, to: clockTime }));

describe('more hours on a weekday', () => {
  it.each([
    [[], { weekday: 2, from: '09:00', to: '17:00' }],
    [[{ weekday: 2, from: '08:30', to: '12:30' }], { weekday: 2, from: '13:30', to: '14:30' }],
    [[{ weekday: 1, from: '08:30', to: '12:30' }], { weekday: 2, from: '09:00', to: '17:00' }],
    [[{ weekday: 2, from: '15:00', to: '22:15' }], { weekday: 2, from: '23:15', to: '23:59' }],
  ])('after %j', (hours, added) => expect(moreHours(hours, 2)).toEqual([...hours, added]));
});

describe('the same every working day', () => {
  it('gives the first day’s hours to all that work, and leaves a closed day closed', () => {
    const monday = [
      { weekday: 1, from: '09:00', to: '13:00' },
      { weekday: 1, from: '14:00', to: '17:00' },
    ];
    expect(likeFirstDay([...monday, { weekday: 6, from: '10:00', to: '11:00' }])).toEqual([
      ...monday,
      ...monday.map((each) => ({ ...each, weekday: 6 })),
    ]);
  });

  it('a second time changes nothing', () => {
    fc.assert(
      fc.property(week, (hours) => {
        expect(likeFirstDay(likeFirstDay(hours))).toEqual(likeFirstDay(hours));
      }),
    );
  });
});
