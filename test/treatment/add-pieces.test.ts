import { describe, expect, it } from 'vitest';
import { addPieces, saidPerDay } from '../../functions/treatment/add-pieces.ts';
import { type Day, toItem } from '../../functions/treatment/day-item.ts';
import { deriveDay } from '../../functions/treatment/derive-day.ts';
import type { Evidence } from '../../functions/treatment/evidence.ts';
import { aDay, anOpening, said } from './builders.ts';

const now = '2026-11-30T04:10:00.000Z';
const empty: Day = { facts: aDay(), planId: 'pln_1', version: 0, written: [], told: {} };
const longest = (role: string, author: string, n: number): Evidence =>
  said('cannot-take', now, {
    id: `p.${`${author}.${n}.`.padEnd(80, 'x')}`,
    author,
    role,
    reason: 'side-effect',
    note: 'अ'.repeat(500),
  });

/** The day after somebody said the same again and again, and how often they were refused. */
function toldAgainAndAgain(day: Day, role: string, author: string, times = 60): { day: Day; refused: number } {
  let refused = 0;
  let told = day;
  for (let n = 0; n < times; n++) {
    try {
      told = addPieces(told, [longest(role, author, n)]) ?? told;
    } catch {
      refused++;
    }
  }
  return { day: told, refused };
}

describe('what people at home say of one day', () => {
  it('is kept so often for one person, and not once more', () => {
    const { day, refused } = toldAgainAndAgain(empty, 'supporter', 'usr_1');
    expect([day.facts.evidence.length, refused]).toEqual([saidPerDay.byOne, 60 - saidPerDay.byOne]);
    expect(() => addPieces(day, [longest('supporter', 'usr_1', 99)])).toThrow(
      expect.objectContaining({ code: 'said-enough' }),
    );
  });

  it('leaves most of the item to the box and the clinic, however many supporters say it', () => {
    let day = empty;
    for (let person = 0; person < 10; person++) day = toldAgainAndAgain(day, 'supporter', `usr_${person}`).day;
    day = toldAgainAndAgain(day, 'patient', 'usr_patient').day;
    const item = JSON.stringify(toItem('pat_1', day, deriveDay(day.facts, now)));
    expect(Buffer.byteLength(item)).toBeLessThan((400 * 1024) / 3);
  });

  it.each<[string, Evidence]>([
    ['an opening', anOpening(now)],
    ['what staff saw', said('watched', now, { role: 'nurse', author: 'usr_meera' })],
    ['what staff says who also supports at home', said('not-taken', now, { role: 'nurse', author: 'usr_0' })],
    ['the patient', said('taken', now, { role: 'patient', author: 'usr_patient' })],
  ])('never stops %s', (_, piece) => {
    let day = empty;
    for (let person = 0; person < 10; person++) day = toldAgainAndAgain(day, 'supporter', `usr_${person}`).day;
    expect(addPieces(day, [piece])?.facts.evidence).toContain(piece);
  });

  it('changes nothing and refuses nothing when it comes again', () => {
    const { day } = toldAgainAndAgain(empty, 'supporter', 'usr_1');
    expect(addPieces(day, [longest('supporter', 'usr_1', 0)])).toBeUndefined();
  });
});

describe('a lid that moves all day, as a broken one does', () => {
  const openedAfter = (seconds: number) =>
    anOpening(new Date(Date.parse(now) + seconds * 1000).toISOString(), { id: `CC-1.b.${seconds}` });

  it('is kept until more of it says nothing, and leaves the day to people and to an opening hours later', () => {
    let day = empty;
    for (let seconds = 0; seconds < 6 * 3600; seconds += 20) day = addPieces(day, [openedAfter(seconds)]) ?? day;
    expect(addPieces(day, [openedAfter(7)])).toBeUndefined();
    const watched = said('watched', now, { role: 'nurse', author: 'usr_meera' });
    const evening = openedAfter(9 * 3600);
    expect(addPieces(day, [watched, evening])?.facts.evidence.slice(-2)).toEqual([watched, evening]);
  });

  it('fills a third of the item at most, though it moved all day', () => {
    const threeHours = Array.from({ length: 3 * 120 }, (_, half) => openedAfter(half * 30));
    const day = addPieces(empty, threeHours) ?? empty;
    const item = JSON.stringify(toItem('pat_1', day, deriveDay(day.facts, now)));
    expect(Buffer.byteLength(item) * 8).toBeLessThan((400 * 1024) / 3);
  });
});
