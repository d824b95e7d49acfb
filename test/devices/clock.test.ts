import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BootClock, bounds, foldClock, judgeTime, markOf } from '../../functions/devices/clock.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { aHeartbeat, anOpening, aTimeUpdate } from './support/events.ts';

const received = '2026-11-30T12:00:00.000Z';
const minutes = (n: number) => n * 60_000;
const hours = (n: number) => n * 3_600_000;

describe('when an opening happened', () => {
  it.each<[string, string, BootClock, string, string | undefined]>([
    ['a right clock is believed', '2026-11-30T11:59:58Z', { offsetMs: 900 }, 'good', '2026-11-30T11:59:58.000Z'],
    [
      'an opening kept for two days by a right clock is believed',
      '2026-11-28T12:00:00Z',
      { offsetMs: 1200 },
      'good',
      '2026-11-28T12:00:00.000Z',
    ],
    [
      'an opening kept for hours is believed while no heartbeat says otherwise',
      '2026-11-30T04:00:00Z',
      {},
      'estimated',
      '2026-11-30T04:00:00.000Z',
    ],
    [
      'a clock three hours behind is corrected',
      '2026-11-30T05:00:00Z',
      { offsetMs: hours(3) },
      'estimated',
      '2026-11-30T08:00:00.000Z',
    ],
    [
      'a clock three hours ahead is corrected',
      '2026-11-30T11:00:00Z',
      { offsetMs: -hours(3) },
      'estimated',
      '2026-11-30T08:00:00.000Z',
    ],
    [
      'ten minutes are within the tolerance',
      '2026-11-30T05:00:00Z',
      { offsetMs: minutes(10) },
      'good',
      '2026-11-30T05:00:00.000Z',
    ],
    [
      'eleven minutes are not',
      '2026-11-30T05:00:00Z',
      { offsetMs: minutes(11) },
      'estimated',
      '2026-11-30T05:11:00.000Z',
    ],
    [
      'exactly 24 hours are still corrected',
      '2026-11-29T05:00:00Z',
      { offsetMs: hours(24) },
      'estimated',
      '2026-11-30T05:00:00.000Z',
    ],
    [
      'more than 24 hours are nobody’s day',
      '2026-11-29T04:59:00Z',
      { offsetMs: hours(24) + 60_000 },
      'impossible',
      undefined,
    ],
    [
      'a clock reset to the year 2000 is nobody’s day',
      '2000-01-01T00:05:00Z',
      { offsetMs: 849e9 },
      'impossible',
      undefined,
    ],
    [
      'sixty-one days ago is longer than a box keeps events',
      '2026-09-30T11:00:00Z',
      { offsetMs: 5 },
      'impossible',
      undefined,
    ],
    ['the future is impossible while no heartbeat explains it', '2026-11-30T15:00:00Z', {}, 'impossible', undefined],
    [
      'the future is impossible when the correction does not reach',
      '2026-11-30T15:00:00Z',
      { offsetMs: -minutes(30) },
      'impossible',
      undefined,
    ],
    [
      'in a boot whose clock was set, the time since the boot decides',
      '2026-11-30T02:00:00Z',
      { offsetMs: 500, stepped: true, bootedAtMs: Date.parse('2026-11-30T04:00:00Z') },
      'estimated',
      '2026-11-30T05:00:00.000Z',
    ],
  ])('%s', (_, deviceTime, clock, verdict, at) => {
    const judged = judgeTime(anOpening({ deviceTime, uptimeMs: hours(1) }), received, clock);
    if (judged.kind === 'impossible') expect(verdict).toBe('impossible');
    else expect([judged.clock, judged.at]).toEqual([verdict, at]);
  });

  it('offers a person the best guess for an impossible time', () => {
    const judged = judgeTime(anOpening({ deviceTime: '2000-01-01T00:05:00Z', uptimeMs: hours(2) }), received, {
      offsetMs: 5,
      stepped: true,
      bootedAtMs: Date.parse('2026-11-30T06:00:00Z'),
    });
    expect(judged).toMatchObject({ kind: 'impossible', estimatedAt: '2026-11-30T08:00:00.000Z' });
  });

  it('is never in the future by more than the tolerance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -hours(60), max: hours(60) }),
        fc.option(fc.integer({ min: -hours(40), max: hours(40) })),
        (ahead, offset) => {
          const deviceTime = addSeconds(received, Math.floor(ahead / 1000));
          const judged = judgeTime(anOpening({ deviceTime }), received, offset === null ? {} : { offsetMs: offset });
          if (judged.kind === 'known')
            expect(Date.parse(judged.at)).toBeLessThanOrEqual(Date.parse(received) + minutes(10));
        },
      ),
    );
  });
});

describe('what a boot says of its clock', () => {
  it('takes the heartbeat with the least latency', () => {
    const slow = foldClock({}, aHeartbeat({ deviceTime: '2026-11-30T07:00:00Z', uptimeMs: hours(1) }), received);
    const both = foldClock(slow, aHeartbeat({ deviceTime: '2026-11-30T11:59:59Z', uptimeMs: hours(6) }), received);
    expect(both).toEqual({ offsetMs: 1000, bootedAtMs: Date.parse(received) - hours(6) });
  });

  it('does not learn from openings, which may have waited', () => {
    expect(foldClock({}, anOpening({ deviceTime: '2026-11-30T07:00:00Z' }), received)).toEqual({});
  });

  it.each([
    ['a small correction changes nothing', '2026-11-30T11:58:00Z', undefined],
    ['a large one marks the boot', '2000-01-01T00:00:00Z', true],
    ['one that does not say from where marks the boot', undefined, true],
  ])('%s', (_, previousDeviceTime, stepped) => {
    expect(
      foldClock({}, aTimeUpdate({ deviceTime: '2026-11-30T12:00:00Z', previousDeviceTime }), received).stepped,
    ).toBe(stepped);
  });

  it('folds to the same in any order and with any repetition', () => {
    const message = fc.record({
      deviceTime: fc.integer({ min: -100_000, max: 100_000 }).map((seconds) => addSeconds(received, seconds)),
      receivedAt: fc.integer({ min: 0, max: 100_000 }).map((seconds) => addSeconds(received, seconds)),
      uptimeMs: fc.integer({ min: 0, max: hours(100) }),
      kind: fc.constantFrom('opening', 'heartbeat', 'time-updated'),
    });
    const fold = (messages: readonly { deviceTime: string; receivedAt: string; uptimeMs: number; kind: string }[]) =>
      messages.reduce<BootClock>((clock, { kind, receivedAt, ...rest }) => {
        const event =
          kind === 'opening' ? anOpening(rest) : kind === 'heartbeat' ? aHeartbeat(rest) : aTimeUpdate(rest);
        return foldClock(clock, event, receivedAt);
      }, {});
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (messages, keys) => {
        const again = [...messages, ...messages]
          .map((value) => ({ value, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(fold(again)).toEqual(fold(messages));
      }),
    );
  });
});

describe('how far an event lets the box have spoken', () => {
  const at = (deviceTime: string, clock: BootClock) => bounds(markOf(anOpening({ deviceTime }), received), clock);
  const second = (instant: string) => Date.parse(instant) / 1000;

  it('is its own time when the clock is right', () => {
    const then = second('2026-11-30T09:00:00Z');
    expect(at('2026-11-30T09:00:00Z', { offsetMs: 900 })).toEqual({ early: then, late: then });
  });

  it('never claims more than a slow clock says, nor more than a fast clock can mean', () => {
    expect(at('2026-11-30T09:00:00Z', { offsetMs: hours(2) }).early).toBe(second('2026-11-30T09:00:00Z'));
    expect(at('2026-11-30T13:00:00Z', { offsetMs: -hours(2) }).early).toBe(second('2026-11-30T11:00:00Z'));
  });

  it('is unknown while the clock stands in another year', () => {
    expect(at('2000-01-01T00:00:00Z', { offsetMs: 849e9 })).toEqual({ late: second(received) });
  });
});
