import { describe, expect, it } from 'vitest';
import { courseOf } from './course.ts';
import { broken, type Score, score } from './score.ts';

const firstDate = '2026-11-30';
const course = courseOf({ fleet: 30, days: 14, seed: 7, firstDate });
const day = (at: string) => at.slice(0, 10);

describe('a simulated fleet', () => {
  it('is the same for the same seed, and another for another', () => {
    const small = (seed: number) => JSON.stringify(courseOf({ fleet: 6, days: 5, seed, firstDate }));
    expect(small(7)).toBe(small(7));
    expect(small(8)).not.toBe(small(7));
  });

  it('has all that goes wrong in it', () => {
    const { lives } = course;
    const some = (has: (life: (typeof lives)[number]) => unknown) => expect(lives.some((life) => has(life))).toBe(true);
    some((life) => life.dead.length > 0);
    some((life) => life.offline.length > 0);
    some((life) => life.personality.habit.stops);
    some((life) => life.personality.faults.offsetMinutes !== 0);
    for (const hours of [1, 12, 48]) some((life) => life.personality.uploadIntervalHours === hours);
  });

  it('numbers the events of a boot without a hole, and sends each at least once while there is network', () => {
    for (const story of course.stories) {
      const perBoot = new Map<string, Set<number>>();
      for (const { events } of story.outgoing)
        for (const { bootId, seq } of events) perBoot.set(bootId, (perBoot.get(bootId) ?? new Set()).add(seq));
      for (const seqs of perBoot.values()) expect(Math.max(...seqs) + 1).toBe(seqs.size);
      const sent = story.openings.filter((one) => one.sentAt !== undefined);
      expect(sent.filter(({ bootId, seq }) => !perBoot.get(bootId)?.has(seq))).toEqual([]);
    }
  });

  it('notices no opening of a dead box', () => {
    const noticed = course.lives.flatMap(({ openings, dead }) =>
      openings.filter(({ at }) => dead.some((stretch) => stretch.from <= at && at < stretch.to)),
    );
    expect(noticed).toEqual([]);
  });
});

describe('the score', () => {
  const { lives, stories, endsAt, lastDate } = course;
  const perfect = lives.map((life, index) => {
    const story = stories[index];
    if (!story) throw new Error('no story');
    const boxId = life.personality.boxId;
    return {
      life,
      story,
      boxId,
      ids: story.openings.filter((one) => one.sentAt).map((one) => `${boxId}.${one.bootId}.${one.seq}`),
    };
  });
  const scored = (change: (ids: readonly string[]) => readonly string[]): Score =>
    score(
      perfect.map(({ life, story, boxId, ids }) => ({
        life,
        story,
        concluded: { patientId: boxId, boxId, doses: [], openings: change(ids), quarantined: [], alerts: [] },
      })),
      [],
      endsAt,
    );

  it('finds nothing in a product that counts each opening once', () => {
    expect(broken(scored((ids) => ids))).toEqual([]);
    expect(day(lastDate)).toBe(lastDate);
  });

  it.each<[string, (ids: readonly string[]) => readonly string[], RegExp]>([
    ['loses one', (ids) => ids.slice(1), /lost/],
    ['doubles one', (ids) => [...ids, ...ids.slice(0, 1)], /doubled/],
    ['invents one', (ids) => [...ids, 'CC-0000.b.1'], /never happened/],
  ])('finds out a product that %s', (_, change, complaint) => {
    expect(broken(scored(change)).join()).toMatch(complaint);
  });
});
