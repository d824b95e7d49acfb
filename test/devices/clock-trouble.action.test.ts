import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quarantinePage } from '../../functions/devices/quarantine-store.ts';
import { readBox } from '../../functions/devices/store.ts';
import type { TelemetryEvent } from '../../functions/devices/telemetry-shapes.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { days } from '../../functions/treatment/days.ts';
import { aHeartbeat, anOpening, aTimeUpdate } from './support/events.ts';
import { devicesTools, givenHeldBox, sends } from './support/given.ts';

type Sent = { readonly event: TelemetryEvent; readonly receivedAt: string };

/** A box whose clock is `behindSeconds` behind sends an event `atMinute` minutes after 02:00 UTC, `lateMinutes` later. */
const of = (behindSeconds: number) => {
  const start = '2026-11-29T02:00:00.000Z';
  const times = (atMinute: number) => ({
    deviceTime: addSeconds(start, atMinute * 60 - behindSeconds),
    uptimeMs: atMinute * 60_000 + 5_000_000,
  });
  return {
    opening: (seq: number, atMinute: number, lateMinutes = 0): Sent => ({
      event: anOpening({ seq, ...times(atMinute) }),
      receivedAt: addSeconds(start, (atMinute + lateMinutes) * 60 + 1),
    }),
    heartbeat: (seq: number, atMinute: number, lateMinutes = 0): Sent => ({
      event: aHeartbeat({ seq, ...times(atMinute) }),
      receivedAt: addSeconds(start, (atMinute + lateMinutes) * 60 + 1),
    }),
  };
};

async function whatRemains(sent: readonly Sent[]) {
  const tools = await devicesTools('2026-11-30T04:00:00.000Z');
  await givenHeldBox(tools);
  for (const { event, receivedAt } of sent) await sends(tools, event, { receivedAt });
  const all = await days(tools, 'pat_1', '2026-11-24', '2026-11-30');
  const pieces = all.flatMap((day) => [...day.slots.flatMap((slot) => slot.evidence), ...day.unmatched]);
  const box = await readBox(tools, 'CC-4471');
  return {
    openings: pieces
      .filter((piece) => piece.ignored !== 'moved')
      .map((piece) => piece.happenedAt.slice(0, 16))
      .sort(),
    quarantined: (await quarantinePage(tools, 'open', 10)).items.map((entry) => entry.reason),
    statuses: all.map((day) => `${day.localDate} ${day.slots.map((slot) => slot.status).join()}`),
    runs: Object.values(box?.state.boots ?? {}).map((boot) => boot.runs.map(([from, to]) => [from, to])),
  };
}

const right = of(0);
const behind = of(3 * 3600);
const ahead = of(-3 * 3600);
const daysAhead = of(-5 * 86_400);

describe('a clock in trouble', () => {
  it.each<[string, readonly Sent[], string[], string[]]>([
    ['three hours behind', [behind.opening(1, 60, 120), behind.heartbeat(2, 180)], ['2026-11-29T03:00'], []],
    ['three hours ahead', [ahead.opening(1, 60, 120), ahead.heartbeat(2, 180)], ['2026-11-29T03:00'], []],
    ['five days ahead', [daysAhead.opening(1, 60, 120), daysAhead.heartbeat(2, 180)], [], ['impossible-time']],
    [
      'right, with heartbeats that had to wait too',
      [right.opening(1, 60, 300), right.heartbeat(2, 61, 299), right.heartbeat(3, 360)],
      ['2026-11-29T03:00'],
      [],
    ],
    [
      'in the year 2000 until the network set it',
      [
        {
          event: anOpening({ seq: 1, deviceTime: '2000-01-01T00:01:00Z', uptimeMs: 60_000 }),
          receivedAt: '2026-11-29T05:00:00.000Z',
        },
        {
          event: aTimeUpdate({
            seq: 2,
            deviceTime: '2026-11-29T04:59:58Z',
            previousDeviceTime: '2000-01-01T02:00:58Z',
            uptimeMs: 7_258_000,
          }),
          receivedAt: '2026-11-29T05:00:00.000Z',
        },
        {
          event: aHeartbeat({ seq: 3, deviceTime: '2026-11-29T05:00:00Z', uptimeMs: 7_260_000 }),
          receivedAt: '2026-11-29T05:00:00.000Z',
        },
        {
          event: anOpening({ seq: 4, deviceTime: '2026-11-29T06:00:00Z', uptimeMs: 10_860_000 }),
          receivedAt: '2026-11-29T09:00:00.000Z',
        },
      ],
      ['2026-11-29T06:00'],
      ['impossible-time'],
    ],
  ])(
    '%s: the same in whatever order it arrives',
    async (_, sent, openings, quarantined) => {
      const expected = await whatRemains(sent);
      expect(expected).toMatchObject({ openings, quarantined });
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 }), async (order) => {
          expect(await whatRemains(order)).toEqual(expected);
        }),
        { numRuns: 5 },
      );
    },
    60_000,
  );

  it('leaves a gap where an opening could not be placed, so that nobody concludes that the lid stayed shut', async () => {
    const { runs } = await whatRemains([daysAhead.opening(1, 60, 120), daysAhead.heartbeat(2, 180)]);
    expect(runs).toEqual([[[2, 2]]]);
  });

  it('offers the time by the box’s own count since its start', async () => {
    const tools = await devicesTools('2026-11-30T04:00:00.000Z');
    await givenHeldBox(tools);
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2000-01-01T00:01:00Z', uptimeMs: 60_000 }),
      aTimeUpdate({ seq: 2, deviceTime: tools.now(), uptimeMs: 3_660_000 }),
      aHeartbeat({ seq: 3, deviceTime: tools.now(), uptimeMs: 3_660_000 }),
    ]);
    expect((await quarantinePage(tools, 'open', 10)).items[0]).toMatchObject({
      reason: 'impossible-time',
      estimatedAt: '2026-11-30T03:00:00.000Z',
    });
  });
});
