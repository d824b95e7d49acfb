import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox, returnBox } from '../../functions/devices/allocate.ts';
import { boxWitness } from '../../functions/devices/box-report.ts';
import { checkBox } from '../../functions/devices/check.ts';
import { loseBox } from '../../functions/devices/lifecycle.ts';
import { quarantinePage } from '../../functions/devices/quarantine-store.ts';
import { readBox } from '../../functions/devices/store.ts';
import { addDays } from '../../functions/shared/time.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { days } from '../../functions/treatment/days.ts';
import { declarePocketDoses } from '../../functions/treatment/pocket-doses.ts';
import { recordForPerson } from '../../functions/treatment/record-for-person.ts';
import { recordRefill } from '../../functions/treatment/refill.ts';
import type { TestTools } from '../support/tools.ts';
import { twoSlots } from '../treatment/given.ts';
import { aHeartbeat, anOpening } from './support/events.ts';
import { aRegistry, devicesTools, givenBox, givenHeldBox, givenPatient, sends, statusesOn } from './support/given.ts';

/** One test for each row of the table "Every way to fail" in docs/telemetry.md, by its name there. */
let tools: TestTools;
beforeEach(async () => {
  tools = await devicesTools('2026-11-29T22:00:00.000Z');
});

const nurse = { userId: 'usr_nurse', role: 'nurse', staff: true } as const;
const close = async (localDate: string, slot = 'day') => {
  const witness = await boxWitness(tools, 'pat_1', `${addDays(localDate, -1)}T00:00:00.000Z`, tools.now());
  return await closeSlot(tools, { patientId: 'pat_1', localDate, slot, witness });
};
const evidenceOn = async (date: string) =>
  (await days(tools, 'pat_1', date, date)).flatMap((day) => [
    ...day.slots.flatMap((slot) => slot.evidence),
    ...day.unmatched,
  ]);
const quarantined = async () => (await quarantinePage(tools, 'open', 10)).items.map((entry) => entry.reason);

it('Offline buffering: three days in one upload each count at their own time, and keep when they came', async () => {
  await givenHeldBox(tools);
  await sends(tools, [
    anOpening({ seq: 1, deviceTime: '2026-11-26T02:31:00Z' }),
    anOpening({ seq: 2, deviceTime: '2026-11-27T02:33:00Z' }),
    anOpening({ seq: 3, deviceTime: '2026-11-28T02:40:00Z' }),
    aHeartbeat({ seq: 4, deviceTime: tools.now() }),
  ]);
  for (const date of ['2026-11-26', '2026-11-27', '2026-11-28'])
    expect(await statusesOn(tools, date)).toEqual(['opened arrived-late']);
  expect(await evidenceOn('2026-11-26')).toMatchObject([
    { happenedAt: '2026-11-26T02:31:00.000Z', knownAt: '2026-11-29T22:00:00.000Z', clock: 'good' },
  ]);
});

it('Repeats: the same event by QoS 1 and by retry is one opening', async () => {
  await givenHeldBox(tools);
  const event = anOpening({ seq: 1, deviceTime: tools.now() });
  await sends(tools, [event, event]);
  tools.advance(60);
  expect(await sends(tools, event)).toEqual(['repeated']);
  expect(await evidenceOn('2026-11-30')).toHaveLength(1);
});

describe('Clock drift, reset', () => {
  it('is corrected by the best heartbeat up to a day, and marked as estimated', async () => {
    await givenHeldBox(tools);
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2026-11-28T22:31:00Z', uptimeMs: 1 }),
      aHeartbeat({ seq: 2, deviceTime: '2026-11-29T18:00:00Z', uptimeMs: 2 }),
    ]);
    expect(await evidenceOn('2026-11-29')).toMatchObject([
      { happenedAt: '2026-11-29T02:31:00.000Z', clock: 'estimated' },
    ]);
  });

  it('is never guessed beyond a day: quarantine, and the slot is not called shut', async () => {
    await givenHeldBox(tools);
    await sends(tools, aHeartbeat({ bootId: 'b0', seq: 1, deviceTime: '2026-11-28T22:00:00Z' }), {
      receivedAt: '2026-11-28T22:00:01.000Z',
    });
    await sends(tools, [
      anOpening({ seq: 0, deviceTime: '2000-01-01T00:00:00Z' }),
      aHeartbeat({ seq: 1, deviceTime: '2000-01-01T19:30:00Z' }),
    ]);
    expect(await quarantined()).toEqual(['impossible-time']);
    expect(await close('2026-11-29')).not.toBe('shut');
  });
});

describe('Curiosity, refill openings', () => {
  it('within fifteen minutes are one candidate', async () => {
    await givenHeldBox(tools);
    await sends(
      tools,
      [31, 34, 41].map((minute, seq) => anOpening({ seq, deviceTime: `2026-11-29T02:${minute}:00Z` })),
    );
    expect((await evidenceOn('2026-11-29')).map((piece) => piece.ignored)).toEqual([
      undefined,
      'same-moment',
      'same-moment',
    ]);
  });

  it('of a refill visit are nobody’s dose', async () => {
    await givenHeldBox(tools);
    const visit = {
      refillId: 'ref_1',
      from: '2026-11-29T04:30:00.000Z',
      to: '2026-11-29T05:30:00.000Z',
      counted: [],
      given: [],
    };
    await recordRefill(tools, { patientId: 'pat_1', author: 'usr_nurse', input: visit });
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2026-11-29T05:00:00Z' }),
      aHeartbeat({ seq: 2, deviceTime: tools.now() }),
    ]);
    expect((await evidenceOn('2026-11-29')).map((piece) => piece.ignored)).toEqual(['refill-visit']);
    expect(await close('2026-11-29')).toBe('shut');
  });
});

describe('Pocket, batch dosing', () => {
  it('one opening is one slot: the silent days that follow stay not opened', async () => {
    await givenHeldBox(tools);
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2026-11-27T02:31:00Z', durationMs: 900_000 }),
      aHeartbeat({ seq: 2, deviceTime: tools.now() }),
    ]);
    expect([await close('2026-11-27'), await close('2026-11-28'), await close('2026-11-29')]).toEqual([
      'opened',
      'shut',
      'shut',
    ]);
  });

  it('declared ahead they count as said', async () => {
    await givenHeldBox(tools);
    const input = { declarationId: 'dec_1', from: '2026-11-30', to: '2026-12-01' };
    await declarePocketDoses(tools, { patientId: 'pat_1', by: nurse, input });
    tools.setNow('2026-12-02T04:00:00.000Z');
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now() }));
    expect([await close('2026-11-30'), await close('2026-12-01')]).toEqual(['said', 'said']);
  });
});

it('Opened, not taken: a pill count outweighs the opening, which stays in sight', async () => {
  await givenHeldBox(tools);
  await sends(tools, anOpening({ seq: 1, deviceTime: '2026-11-29T02:31:00Z' }));
  await recordForPerson(tools, {
    patientId: 'pat_1',
    by: nurse,
    input: {
      kind: 'opened-not-taken',
      evidenceId: 'evi_1',
      localDate: '2026-11-29',
      slot: 'day',
      found: 'pill-count',
      reason: 'one tablet too many',
    },
  });
  expect(await statusesOn(tools, '2026-11-29')).toEqual(['missed']);
  expect((await evidenceOn('2026-11-29')).map((piece) => piece.kind)).toContain('opening');
});

it('Several intakes a day: an opening fills the slot in whose window it lies', async () => {
  await givenBox(tools);
  const { templateId: _none, ...plan } = { templateId: undefined, prescription: twoSlots };
  await givenPatient(tools, 'pat_1', plan);
  await allocateBox(tools, {
    boxId: 'CC-4471',
    patientId: 'pat_1',
    from: '2026-11-28T00:00:00.000Z',
    actorId: 'usr_nurse',
  });
  await sends(tools, [
    anOpening({ seq: 1, deviceTime: '2026-11-29T14:40:00Z' }),
    aHeartbeat({ seq: 2, deviceTime: tools.now() }),
  ]);
  await close('2026-11-29', 'morning');
  expect(await statusesOn(tools, '2026-11-29')).toEqual(['shut', 'opened arrived-late']);
});

it('After midnight: half past midnight counts for the evening before', async () => {
  await givenHeldBox(tools);
  await sends(tools, anOpening({ seq: 1, deviceTime: '2026-11-28T19:00:00Z' }));
  expect(await statusesOn(tools, '2026-11-28')).toEqual(['opened arrived-late']);
  expect(await evidenceOn('2026-11-29')).toEqual([]);
});

it('Silent box: beyond twice its interval one ticket, and a patient who is not known', async () => {
  await givenHeldBox(tools, { uploadIntervalHours: 12 });
  await sends(tools, aHeartbeat({ seq: 1, deviceTime: '2026-11-28T02:00:00Z' }), {
    receivedAt: '2026-11-28T02:00:01.000Z',
  });
  expect(await close('2026-11-29')).toBe('silent');
  expect((await checkBox(tools, 'CC-4471')).outcome).toBe('silent');
  expect((await readBox(tools, 'CC-4471'))?.ticket).toMatchObject({ reasons: ['silence'], patientId: 'pat_1' });
});

describe('Lost, shared, handed on', () => {
  it('openings between two holders are nobody’s', async () => {
    await givenHeldBox(tools);
    await givenPatient(tools, 'pat_2');
    await returnBox(tools, { patientId: 'pat_1', at: '2026-11-26T00:00:00.000Z', actorId: 'usr_nurse' });
    await allocateBox(tools, {
      boxId: 'CC-4471',
      patientId: 'pat_2',
      from: '2026-11-28T00:00:00.000Z',
      actorId: 'usr_nurse',
    });
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2026-11-25T02:31:00Z' }),
      anOpening({ seq: 2, deviceTime: '2026-11-27T02:31:00Z' }),
      anOpening({ seq: 3, deviceTime: '2026-11-29T02:31:00Z' }),
      aHeartbeat({ seq: 4, deviceTime: tools.now() }),
    ]);
    expect(await statusesOn(tools, '2026-11-25', 'pat_1')).toEqual(['opened arrived-late']);
    expect(await quarantined()).toEqual(['unallocated']);
    expect(await statusesOn(tools, '2026-11-29', 'pat_2')).toEqual(['opened arrived-late']);
  });

  it('a lost box speaks for nobody', async () => {
    await givenHeldBox(tools);
    await loseBox(tools, aRegistry(), { boxId: 'CC-4471', actorId: 'usr_nurse', reason: 'stolen' });
    tools.advance(3600);
    await sends(tools, anOpening({ seq: 1, deviceTime: tools.now() }));
    expect(await quarantined()).toEqual(['unallocated']);
  });
});

it('Power: the ticket opens while the box can still speak', async () => {
  await givenHeldBox(tools);
  await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now(), batteryMillivolts: 3590 }));
  expect((await readBox(tools, 'CC-4471'))?.ticket).toMatchObject({ reasons: ['battery'], batteryMillivolts: 3590 });
});
