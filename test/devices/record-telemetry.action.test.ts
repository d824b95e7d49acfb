import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { boxWitness } from '../../functions/devices/box-report.ts';
import type { TelemetryEvent } from '../../functions/devices/contract.ts';
import { quarantinePage } from '../../functions/devices/quarantine-store.ts';
import { recordDelivery } from '../../functions/devices/record-delivery.ts';
import { recordTelemetry } from '../../functions/devices/record-telemetry.ts';
import { readBox } from '../../functions/devices/store.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { days } from '../../functions/treatment/days.ts';
import type { TestTools } from '../support/tools.ts';
import { aHeartbeat, anOpening, aRecord } from './support/events.ts';
import { devicesTools, givenBox, givenHeldBox, sends, statusesOn } from './support/given.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await devicesTools();
  await givenHeldBox(tools);
  tools.units();
});

const reasons = async () => (await quarantinePage(tools, 'open', 50)).items.map((entry) => entry.reason);
const openingsOn = async (date: string, patientId = 'pat_1') =>
  (await days(tools, patientId, date, date)).flatMap((day) => [
    ...day.slots.flatMap((slot) => slot.evidence),
    ...day.unmatched,
  ]);

const morning = anOpening({ seq: 1, deviceTime: '2026-11-30T02:31:00Z' });

describe('an opening', () => {
  it('makes the slot of whoever held the box then opened, for at most three write units', async () => {
    expect(await sends(tools, morning)).toEqual(['recorded']);
    expect(tools.units().writes).toBeLessThanOrEqual(3);
    expect(await statusesOn(tools, '2026-11-30')).toEqual(['opened']);
  });

  it('counts once however often the box repeats it, for at most one write unit', async () => {
    await sends(tools, morning);
    const before = await readBox(tools, 'CC-4471');
    tools.units();
    for (let again = 0; again < 50; again++) {
      tools.advance(30);
      expect(await sends(tools, [morning, morning])).toEqual(['repeated', 'repeated']);
    }
    expect(tools.units().writes).toBeLessThanOrEqual(50);
    expect(await readBox(tools, 'CC-4471')).toEqual(before);
    expect(await openingsOn('2026-11-30')).toHaveLength(1);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'toJSON', '-', '0'])(
    'counts once in a boot that calls itself %s',
    async (bootId) => {
      const told = [anOpening({ bootId, seq: 1 }), aHeartbeat({ bootId, seq: 2, deviceTime: tools.now() })];
      expect(await sends(tools, told)).toEqual(['recorded', 'noted']);
      expect(await sends(tools, told)).toEqual(['repeated', 'repeated']);
      expect(await openingsOn('2026-11-30')).toHaveLength(1);
      const state = (await readBox(tools, 'CC-4471'))?.state;
      expect(Object.values(state?.boots ?? {}).map(({ runs }) => runs.map((run) => run.slice(0, 2)))).toEqual([
        [[1, 2]],
      ]);
    },
  );

  it('and a heartbeat cost at most one write unit between the ends of windows', async () => {
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now() }));
    tools.advance(600);
    tools.units();
    expect(await sends(tools, aHeartbeat({ seq: 2, deviceTime: tools.now(), batteryMillivolts: 3900 }))).toEqual([
      'noted',
    ]);
    expect(tools.units().writes).toBeLessThanOrEqual(1);
  });
});

describe('a slot that closed', () => {
  const close = async () => {
    const witness = await boxWitness(tools, 'pat_1', '2026-11-29T21:30:00.000Z', tools.now());
    return await closeSlot(tools, { patientId: 'pat_1', localDate: '2026-11-29', slot: 'day', witness });
  };
  beforeEach(() => tools.setNow('2026-11-29T21:30:00.000Z'));

  it('waits for the box, and is not opened once the box has spoken past the window with no gap', async () => {
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: '2026-11-29T21:00:00Z' }));
    expect(await close()).toBe('waiting');
    tools.advance(900);
    await sends(tools, aHeartbeat({ seq: 2, deviceTime: tools.now() }));
    expect(await statusesOn(tools, '2026-11-29')).toEqual(['shut']);
  });

  it('keeps waiting while a number is missing, and is opened when that was the opening', async () => {
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: '2026-11-29T01:00:00Z' }), {
      receivedAt: '2026-11-29T01:00:01.000Z',
    });
    await close();
    tools.advance(900);
    await sends(tools, aHeartbeat({ seq: 3, deviceTime: tools.now() }));
    expect(await statusesOn(tools, '2026-11-29')).not.toEqual(['shut']);
    await sends(tools, anOpening({ seq: 2, deviceTime: '2026-11-29T02:40:00Z' }));
    expect(await statusesOn(tools, '2026-11-29')).toEqual(['opened arrived-late']);
  });

  it('is put right by an opening that arrives a day late', async () => {
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: '2026-11-29T01:00:00Z' }), {
      receivedAt: '2026-11-29T01:00:01.000Z',
    });
    await close();
    tools.setNow('2026-11-30T04:00:00.000Z');
    await sends(tools, [
      anOpening({ seq: 2, deviceTime: '2026-11-29T02:40:00Z' }),
      aHeartbeat({ seq: 3, deviceTime: '2026-11-30T04:00:00Z' }),
    ]);
    expect(await statusesOn(tools, '2026-11-29')).toEqual(['opened arrived-late']);
  });
});

describe('what cannot be believed', () => {
  it.each<[string, Parameters<typeof aRecord>, string]>([
    ['malformed bytes', ['{"v":1'], 'malformed'],
    ['more than 8 KB', ['x'.repeat(9000)], 'oversize'],
    ['another version', [{ ...morning, v: 2 }], 'wrong-version'],
    ['another client on this box’s topic', [morning, { clientId: 'CC-9999' }], 'wrong-sender'],
    ['a clock in another year', [anOpening({ deviceTime: '2031-01-01T00:00:00Z' })], 'impossible-time'],
  ])('%s is set aside with its reason, once, and nothing is counted', async (_, [body, overrides], reason) => {
    const record = aRecord(body, overrides);
    expect(await recordTelemetry(tools, 'CC-4471', [record])).toEqual(['quarantined']);
    await recordTelemetry(tools, 'CC-4471', [record]);
    expect(await reasons()).toEqual([reason]);
    expect(tools.metrics).toEqual([{ name: 'QuarantinedTelemetry', value: 1 }]);
    expect(await openingsOn('2026-11-30')).toEqual([]);
  });

  it('a box that nobody registered', async () => {
    expect(await sends(tools, morning, { boxId: 'CC-0000' })).toEqual(['quarantined']);
    expect(await reasons()).toEqual(['unknown-box']);
  });

  it('a box that nobody holds', async () => {
    await givenBox(tools, 'CC-1000');
    await sends(tools, morning, { boxId: 'CC-1000' });
    expect(await reasons()).toEqual(['unallocated']);
  });

  it('an opening before the box was handed over', async () => {
    await sends(tools, [
      anOpening({ deviceTime: '2026-11-19T02:31:00Z' }),
      aHeartbeat({ seq: 2, deviceTime: tools.now() }),
    ]);
    expect(await reasons()).toEqual(['unallocated']);
  });

  it('one bad message does not take the good ones of its delivery with it', async () => {
    const outcomes = await recordTelemetry(tools, 'CC-4471', [aRecord('garbage'), aRecord(morning)]);
    expect([...outcomes].sort()).toEqual(['quarantined', 'recorded']);
    expect(await openingsOn('2026-11-30')).toHaveLength(1);
  });
});

describe('one message that breaks us', () => {
  it('fails alone: the others of its delivery are recorded', async () => {
    const brokenTime = { ...aRecord(anOpening({ seq: 9 })), receivedAt: 1e20 };
    const messages = [
      { id: 'm1', message: aRecord(morning) },
      { id: 'm2', message: brokenTime },
      { id: 'm3', message: aRecord(aHeartbeat({ seq: 2 })) },
    ];
    expect(await recordDelivery(tools, 'CC-4471', messages)).toEqual(['m2']);
    expect(await openingsOn('2026-11-30')).toHaveLength(1);
    expect((await readBox(tools, 'CC-4471'))?.state.boots.b1?.runs[0]?.slice(0, 2)).toEqual([1, 2]);
  });
});

describe('any order and repetition of what a box sent', () => {
  const told = [
    anOpening({ seq: 1, deviceTime: '2026-11-27T02:31:00Z' }),
    aHeartbeat({ seq: 2, deviceTime: '2026-11-27T04:00:00Z', batteryMillivolts: 3900 }),
    anOpening({ seq: 3, deviceTime: '2026-11-28T02:45:00Z' }),
    anOpening({ seq: 4, deviceTime: '2026-11-28T02:50:00Z' }),
    aHeartbeat({ seq: 5, deviceTime: '2026-11-29T23:00:00Z', batteryMillivolts: 3850 }),
  ];
  const outcomeOf = async (order: readonly number[]) => {
    const own = await devicesTools();
    await givenHeldBox(own);
    for (const index of order) {
      const event = told[index % told.length];
      if (event) await sends(own, event, { receivedAt: `${event.deviceTime.replace('Z', '.400Z')}` });
    }
    const state = (await readBox(own, 'CC-4471'))?.state;
    const { version: _version, nextWindowEnd: _next, ...facts } = state ?? { version: 0, nextWindowEnd: '' };
    const all = await days(own, 'pat_1', '2026-11-27', '2026-11-29');
    return { facts, statuses: all.map((day) => day.slots.map((slot) => [slot.status, slot.evidence.length])) };
  };

  it('gives the same box and the same days', async () => {
    const expected = await outcomeOf([0, 1, 2, 3, 4]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }), async (order) => {
        expect(await outcomeOf(order)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('loses nothing when ten deliveries race', async () => {
    const openings = Array.from({ length: 10 }, (_, seq) =>
      anOpening({ seq, deviceTime: `2026-11-${20 + seq}T05:00:00Z` }),
    );
    tools.setNow('2026-11-30T05:00:00.000Z');
    // Who loses too many of these races is delivered again by the queue.
    const delivered = (event: TelemetryEvent): Promise<unknown> => sends(tools, event).catch(() => delivered(event));
    await Promise.all(openings.map(delivered));
    await sends(tools, aHeartbeat({ seq: 10, deviceTime: tools.now() }));
    expect((await readBox(tools, 'CC-4471'))?.state.boots.b1?.runs).toHaveLength(1);
    const all = await days(tools, 'pat_1', '2026-11-20', '2026-11-29');
    expect(all.flatMap((day) => day.slots.flatMap((slot) => slot.evidence))).toHaveLength(10);
  });
});
