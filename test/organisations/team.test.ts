import { describe, expect, it } from 'vitest';
import { actsFor, memberOf, onCallNow, ownerNow, standInFor } from '../../functions/organisations/team.ts';

const person = (userId: string) => ({ userId, name: userId, roles: ['nurse'], language: 'en' });
const cover = (forUserId: string, by: string, from: string, to: string) => ({
  coverId: `${forUserId}-${by}`,
  forUserId,
  by: person(by),
  from: `2026-12-${from}T00:00:00.000Z`,
  to: `2026-12-${to}T00:00:00.000Z`,
});
const at = (day: string) => `2026-12-${day}T00:00:00.000Z`;

describe('who answers for a team', () => {
  const team = { ownerId: 'meera', covers: [cover('meera', 'anil', '05', '10'), cover('anil', 'rosa', '07', '08')] };

  it.each([
    ['the owner before a cover', '04', 'meera'],
    ['the cover from its first instant', '05', 'anil'],
    ['the cover of the cover', '07', 'rosa'],
    ['the first cover again', '08', 'anil'],
    ['the owner from the instant the cover ends', '10', 'meera'],
  ])('is %s', (_, day, expected) => {
    expect(ownerNow(team, at(day)).userId).toBe(expected);
  });

  it('names whom a cover stands in for', () => {
    expect(ownerNow(team, at('06'))).toEqual({ userId: 'anil', why: 'cover', coverFor: 'meera' });
  });

  it('is the owner when covers run in a circle', () => {
    const circle = { covers: [cover('meera', 'anil', '05', '10'), cover('anil', 'meera', '05', '10')] };
    expect(standInFor(circle, 'meera', at('06'))).toBe('meera');
  });

  it('calls the person on call, or who covers for them, only outside working hours', () => {
    const calendar = {
      zone: 'Asia/Kolkata',
      hours: [{ weekday: 1, from: '09:00', to: '17:00' }],
      holidays: [],
      onCall: ['meera'],
    };
    expect(onCallNow({ calendar, covers: [] }, '2026-11-30T06:00:00.000Z')).toBeUndefined();
    expect(onCallNow({ calendar, covers: [] }, '2026-11-30T20:00:00.000Z')).toBe('meera');
    expect(onCallNow({ calendar, covers: team.covers }, at('06'))).toBe('anil');
    expect(onCallNow({ calendar: { ...calendar, onCall: [] }, covers: [] }, at('06'))).toBeUndefined();
  });

  it.each([
    ['who has left', 'ghost', '04', 'meera'],
    ['who has left, to who stands in for the owner', 'ghost', '06', 'anil'],
    ['who stands in, while they do', 'rosa', '07', 'rosa'],
    ['who does not stand in yet', 'rosa', '06', 'anil'],
    ['who stands in no longer', 'anil', '10', 'meera'],
  ])('has what was given to somebody %s', (_, userId, day, expected) => {
    expect(actsFor({ ...team, members: [person('meera')] }, userId, at(day))).toBe(expected);
  });

  it('knows people who only cover', () => {
    expect(memberOf({ members: [person('meera')], covers: team.covers }, 'rosa')?.name).toBe('rosa');
  });
});
