import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  delaySeconds,
  dueKey,
  handedThrough,
  hoursOf,
  isTooSoonToWrite,
  minuteOf,
  minutesAfter,
  shardCount,
  shardOf,
  shouldHandOver,
  stretch,
} from '../../functions/reminders/due.ts';
import { addSeconds, toInstant } from '../../functions/shared/time.ts';

const anInstant = fc
  .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') })
  .map(toInstant);

const nearMidnight = fc
  .tuple(anInstant, fc.integer({ min: -150, max: 60 }))
  .map(([instant, minutes]) => addSeconds(`${instant.slice(0, 10)}T00:00:00.000Z`, minutes * 60));

describe('buckets of due work', () => {
  it('keys work by its hour, shard, minute, reference and step', () => {
    const key = dueKey({
      at: '2026-11-30T14:30:00.000Z',
      ref: 'pln_1/2026-11-30/evening',
      work: { step: 'close', patientId: 'pat_1', planId: 'pln_1', localDate: '2026-11-30', slot: 'evening' },
    });
    expect(key.pk).toMatch(/^DUE#2026-11-30T14#(0\d|1[0-5])$/);
    expect(key.sk).toBe('30#pln_1/2026-11-30/evening#close');
  });

  it('spreads references over all shards', () => {
    const counts = new Array(shardCount).fill(0);
    for (let i = 0; i < 10_000; i++) counts[shardOf(`pln_${i}/2026-11-30/morning`)] += 1;
    expect(Math.min(...counts)).toBeGreaterThan((0.8 * 10_000) / shardCount);
    expect(Math.max(...counts)).toBeLessThan((1.2 * 10_000) / shardCount);
  });

  it('reads each minute of a stretch exactly once, over any midnight', () => {
    fc.assert(
      fc.property(nearMidnight, fc.integer({ min: 0, max: 150 }), (from, minutes) => {
        const first = minuteOf(from);
        const last = minutesAfter(first, minutes);
        const read = hoursOf(first, last).flatMap(({ hour, first: a, last: b }) =>
          Array.from(
            { length: Number(b) - Number(a) + 1 },
            (_, i) => `${hour}:${String(Number(a) + i).padStart(2, '0')}`,
          ),
        );
        const want = Array.from({ length: minutes + 1 }, (_, i) => minutesAfter(first, i));
        expect(read.join()).toBe(want.join());
      }),
    );
  });
});

/** Writers and ticks on one time line, as they interleave in production. */
describe('handing over', () => {
  const work = fc.record({
    writtenAfter: fc.integer({ min: 0, max: 3600 }),
    dueIn: fc.integer({ min: 0, max: 5400 }),
    visibleAfter: fc.integer({ min: 0, max: 5 }),
  });

  it('gives every piece of work to the queue, whatever ticks are skipped, and not before its minute allows a delay', () => {
    fc.assert(
      fc.property(
        fc.array(work, { maxLength: 30 }),
        fc.array(fc.boolean(), { minLength: 170, maxLength: 170 }),
        (all, runs) => {
          const start = '2026-11-30T04:10:00.000Z';
          const items = all.map((one) => {
            const writtenAt = addSeconds(start, one.writtenAfter);
            const at = addSeconds(writtenAt, one.dueIn);
            return {
              at,
              writtenAt,
              visibleAt: addSeconds(writtenAt, one.visibleAfter),
              queued: isTooSoonToWrite(at, writtenAt),
            };
          });
          const handed = new Map(items.map((item) => [item, item.queued ? 1 : 0]));
          let watermark: { through: string; tickedAt: string } | undefined = {
            through: handedThrough(start),
            tickedAt: start,
          };
          let longestDelay = 0;
          for (let tick = 1; tick <= 170; tick++) {
            if (!runs[tick - 1] && tick < 165) continue;
            const now = addSeconds(start, tick * 60 + 1);
            const { from, to } = stretch(watermark, now);
            for (const item of items) {
              const seen =
                !item.queued && item.visibleAt <= now && minuteOf(item.at) >= from && minuteOf(item.at) <= to;
              if (seen && shouldHandOver(item, watermark)) {
                handed.set(item, (handed.get(item) ?? 0) + 1);
                longestDelay = Math.max(longestDelay, delaySeconds(item.at, now));
              }
            }
            watermark = { through: to, tickedAt: now };
          }
          expect(longestDelay).toBeLessThanOrEqual(120);
          expect([...handed.values()].filter((count) => count !== 1 && count !== 2)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('catches up three hours with one query per shard and hour', () => {
    const watermark = { through: '2026-11-30T04:11', tickedAt: '2026-11-30T04:10:00.500Z' };
    const { from, to } = stretch(watermark, '2026-11-30T07:10:00.500Z');
    expect(hoursOf(from, to)).toHaveLength(5);
  });

  it('sends what is late at once', () => {
    expect(delaySeconds('2026-11-30T04:00:00.000Z', '2026-11-30T04:10:00.000Z')).toBe(0);
    expect(delaySeconds('2026-11-30T04:11:30.000Z', '2026-11-30T04:10:00.000Z')).toBe(90);
  });
});
