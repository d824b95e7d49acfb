import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { quarantinePage } from '../../functions/devices/quarantine-store.ts';
import { dismiss, replay } from '../../functions/devices/replay.ts';
import { readBox } from '../../functions/devices/store.ts';
import type { TestTools } from '../support/tools.ts';
import { aHeartbeat, anOpening, aTimeUpdate } from './support/events.ts';
import { devicesTools, givenBox, givenHeldBox, givenPatient, sends, statusesOn } from './support/given.ts';

let tools: TestTools;
const actorId = 'usr_admin';
beforeEach(async () => {
  tools = await devicesTools();
});
const onlyEntry = async () => (await quarantinePage(tools, 'open', 10)).items[0]?.quarantineId ?? '';
const numbers = async () => (await readBox(tools, 'CC-4471'))?.state.boots.b1?.runs.map(([from, to]) => [from, to]);
const opening = anOpening({ seq: 1, deviceTime: '2026-11-30T02:31:00Z' });

describe('replaying', () => {
  it('gives an opening of a box that was not registered to whoever holds it by then', async () => {
    await sends(tools, opening);
    const quarantineId = await onlyEntry();
    expect((await replay(tools, { quarantineId, actorId })).outcome).toBe('quarantined');
    await givenHeldBox(tools);
    expect(await replay(tools, { quarantineId, actorId })).toMatchObject({
      outcome: 'recorded',
      entry: { state: 'replayed' },
    });
    expect(await statusesOn(tools, '2026-11-30')).toEqual(['opened']);
    await expect(replay(tools, { quarantineId, actorId })).rejects.toMatchObject({ code: 'entry-resolved' });
  });

  it('gives an opening that came before the hand-over was typed', async () => {
    await givenBox(tools);
    await givenPatient(tools);
    await sends(tools, [opening, aHeartbeat({ seq: 2, deviceTime: tools.now() })]);
    await allocateBox(tools, { boxId: 'CC-4471', patientId: 'pat_1', from: '2026-11-29T04:00:00.000Z', actorId });
    expect((await replay(tools, { quarantineId: await onlyEntry(), actorId })).outcome).toBe('recorded');
    expect(await statusesOn(tools, '2026-11-30')).toEqual(['opened']);
  });

  it('takes the estimate for a clock that cannot be right only when a person says so', async () => {
    await givenHeldBox(tools);
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2000-01-01T00:01:00Z', uptimeMs: 60_000 }),
      aTimeUpdate({ seq: 2, deviceTime: tools.now(), uptimeMs: 3_660_000 }),
      aHeartbeat({ seq: 3, deviceTime: tools.now(), uptimeMs: 3_660_000 }),
    ]);
    const quarantineId = await onlyEntry();
    expect((await replay(tools, { quarantineId, actorId })).outcome).toBe('quarantined');
    expect((await replay(tools, { quarantineId, actorId, acceptEstimate: true })).outcome).toBe('recorded');
    expect(await statusesOn(tools, '2026-11-30')).toEqual(['opened']);
    expect(await numbers()).toEqual([[1, 3]]);
  });
});

describe('dismissing', () => {
  it('closes the gap that the entry left, and the entry', async () => {
    await givenHeldBox(tools);
    await sends(tools, [
      anOpening({ seq: 1, deviceTime: '2031-01-01T00:00:00Z' }),
      aHeartbeat({ seq: 2, deviceTime: tools.now() }),
    ]);
    const quarantineId = await onlyEntry();
    expect(await dismiss(tools, { quarantineId, actorId })).toMatchObject({ state: 'dismissed', resolvedBy: actorId });
    expect(await numbers()).toEqual([[1, 2]]);
    expect(await onlyEntry()).toBe('');
    expect(await sends(tools, anOpening({ seq: 1, deviceTime: '2031-01-01T00:00:00Z' }))).toEqual(['repeated']);
  });
});
