import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox, returnBox } from '../../functions/devices/allocate.ts';
import { boxReport, boxWitness } from '../../functions/devices/box-report.ts';
import { checkBox, checkFacility, incidentOpen } from '../../functions/devices/check.ts';
import { confirmCertificate, loseBox, retireBox, rotateCertificate } from '../../functions/devices/lifecycle.ts';
import { readBox } from '../../functions/devices/store.ts';
import { readTickets } from '../../functions/devices/ticket-store.ts';
import { readAccessCard } from '../../functions/shared/access-store.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { givenAccessCard, type TestTools } from '../support/tools.ts';
import { aHeartbeat, anOpening } from './support/events.ts';
import {
  aRegistry,
  devicesTools,
  facility,
  givenBox,
  givenHeldBox,
  givenPatient,
  sends,
  type TestRegistry,
} from './support/given.ts';

let tools: TestTools;
let registry: TestRegistry;
beforeEach(async () => {
  tools = await devicesTools();
  registry = aRegistry();
});

const actorId = 'usr_nurse';
const hand = (boxId: string, patientId: string, from?: string) =>
  allocateBox(tools, { boxId, patientId, from, actorId });

describe('registering a box', () => {
  it('makes a thing with a certificate and shows the key once', async () => {
    const registered = await givenBox(tools, 'CC-4471', registry);
    expect(registered).toMatchObject({
      outcome: 'registered',
      secret: {
        boxId: 'CC-4471',
        endpoint: 'localhost:4283',
        topic: '$aws/rules/careconnect_telemetry_v1/boxes/CC-4471/telemetry',
      },
    });
    expect([...registry.active.values()]).toEqual(['CC-4471']);
    expect(JSON.stringify(await readBox(tools, 'CC-4471'))).not.toContain('PRIVATE KEY');
  });

  it('of a known serial makes nothing, and leaves no certificate behind when two race', async () => {
    const both = await Promise.all([givenBox(tools, 'CC-4471', registry), givenBox(tools, 'CC-4471', registry)]);
    expect(both.map((one) => one.outcome).sort()).toEqual(['known', 'registered']);
    expect([...registry.active.values()]).toEqual(['CC-4471']);
    expect((await givenBox(tools, 'CC-4471', registry)).outcome).toBe('known');
  });
});

describe('handing a box over', () => {
  beforeEach(async () => {
    await givenBox(tools, 'CC-4471', registry);
    await givenBox(tools, 'CC-1187', registry);
    await givenPatient(tools, 'pat_1');
    await givenPatient(tools, 'pat_2');
  });

  it('gives one box one patient, by the write, when two nurses are quick', async () => {
    const both = await Promise.all([hand('CC-4471', 'pat_1'), hand('CC-4471', 'pat_2')]);
    expect(both.map((one) => one.outcome).sort()).toEqual(['allocated', 'held']);
  });

  it('gives one patient one box, by the write', async () => {
    const both = await Promise.all([hand('CC-4471', 'pat_1'), hand('CC-1187', 'pat_1')]);
    expect(both.map((one) => one.outcome).sort()).toEqual(['allocated', 'has-box']);
  });

  it('again to the same patient changes nothing', async () => {
    const { from } = await hand('CC-4471', 'pat_1');
    tools.advance(60);
    expect(await hand('CC-4471', 'pat_1')).toEqual({ outcome: 'already-theirs', from });
  });

  it('lets the team of the holder care for the box', async () => {
    await hand('CC-4471', 'pat_1');
    expect(await readAccessCard(tools, { kind: 'box', id: 'CC-4471' })).toMatchObject({ teamId: 'team_1' });
  });

  it('goes to the team to which the patient is handed over in the same moment', async () => {
    const to = { teamId: 'team_2', path: ['org_india', 'org_gumla'] };
    meanwhile(tools, async () => await givenAccessCard(tools, { kind: 'patient', id: 'pat_1' }, to));
    expect((await hand('CC-4471', 'pat_1')).outcome).toBe('allocated');
    expect(await readAccessCard(tools, { kind: 'box', id: 'CC-4471' })).toMatchObject({ teamId: 'team_2' });
  });

  it.each([
    ['a box that is not there', 'CC-0000', undefined, 'unknown-box'],
    ['the future', 'CC-4471', '2026-12-24T00:00:00.000Z', 'in-future'],
  ])('refuses %s', async (_, boxId, from, outcome) => {
    expect((await hand(boxId, 'pat_1', from)).outcome).toBe(outcome);
  });

  it('refuses a box of another facility as if it were not there', async () => {
    await givenAccessCard(
      tools,
      { kind: 'patient', id: 'pat_far' },
      { path: ['org_india', 'org_simdega'], teamId: 'team_9' },
    );
    expect((await hand('CC-4471', 'pat_far')).outcome).toBe('other-facility');
  });

  it('binds each opening to who held the box then', async () => {
    await hand('CC-4471', 'pat_1', '2026-11-20T04:00:00.000Z');
    await returnBox(tools, { patientId: 'pat_1', at: '2026-11-25T04:00:00.000Z', actorId });
    expect((await hand('CC-4471', 'pat_2', '2026-11-24T04:00:00.000Z')).outcome).toBe('too-early');
    await hand('CC-4471', 'pat_2', '2026-11-26T04:00:00.000Z');
    const openings = ['22', '27'].map((day, seq) => anOpening({ seq, deviceTime: `2026-11-${day}T02:31:00Z` }));
    expect(await sends(tools, openings)).toEqual(['recorded', 'recorded']);
    const witness = await boxWitness(tools, 'pat_1', '2026-11-21T00:00:00.000Z', '2026-11-23T00:00:00.000Z');
    expect(witness.holdings).toEqual([
      { boxId: 'CC-4471', from: '2026-11-20T04:00:00.000Z', to: '2026-11-25T04:00:00.000Z' },
    ]);
  });
});

describe('a lost box', () => {
  it('may not speak any more, and nobody holds it', async () => {
    await givenBox(tools, 'CC-4471', registry);
    await givenPatient(tools);
    await hand('CC-4471', 'pat_1');
    tools.advance(60);
    await loseBox(tools, registry, { boxId: 'CC-4471', actorId, reason: 'left on a bus' });
    expect(registry.active.size).toBe(0);
    const box = await readBox(tools, 'CC-4471');
    expect(box).toMatchObject({ profile: { status: 'lost', certificates: [{ state: 'revoked' }] } });
    expect(box?.holder).toBeUndefined();
    expect((await hand('CC-4471', 'pat_1')).outcome).toBe('not-active');
  });
});

describe('taking out of use', () => {
  it('is refused while somebody holds the box', async () => {
    await givenHeldBox(tools);
    await expect(retireBox(tools, registry, { boxId: 'CC-4471', actorId })).rejects.toMatchObject({ code: 'box-held' });
  });
});

describe('a new certificate', () => {
  it('is not left with a box that was lost in the same moment', async () => {
    await givenBox(tools, 'CC-4471', registry);
    const racing: TestRegistry = {
      ...registry,
      createCertificate: async () => {
        await loseBox(tools, registry, { boxId: 'CC-4471', actorId, reason: 'left on the bus' });
        return await registry.createCertificate();
      },
    };
    await expect(rotateCertificate(tools, racing, { boxId: 'CC-4471', actorId })).rejects.toMatchObject({
      code: 'box-not-active',
    });
    expect([...registry.active]).toEqual([]);
    const certificates = (await readBox(tools, 'CC-4471'))?.profile.certificates ?? [];
    expect(certificates.map(({ state }) => state)).toEqual(['revoked']);
  });

  it('is one beside the first, however many ask at once', async () => {
    await givenBox(tools, 'CC-4471', registry);
    const asked = [1, 2, 3, 4].map(() => rotateCertificate(tools, registry, { boxId: 'CC-4471', actorId }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect([...registry.active.values()]).toEqual(['CC-4471', 'CC-4471']);
    const certificates = (await readBox(tools, 'CC-4471'))?.profile.certificates ?? [];
    expect(certificates.filter(({ state }) => state === 'active').map(({ certificateId }) => certificateId)).toEqual([
      ...registry.active.keys(),
    ]);
  });

  it('works beside the old one until it is confirmed', async () => {
    await givenBox(tools, 'CC-4471', registry);
    const { certificateId } = await rotateCertificate(tools, registry, { boxId: 'CC-4471', actorId });
    expect(registry.active.size).toBe(2);
    await expect(rotateCertificate(tools, registry, { boxId: 'CC-4471', actorId })).rejects.toMatchObject({
      code: 'certificate-unconfirmed',
    });
    await confirmCertificate(tools, registry, { boxId: 'CC-4471', actorId, certificateId });
    expect([...registry.active.keys()]).toEqual([certificateId]);
  });
});

describe('the one device ticket of a box', () => {
  const tickets = async () =>
    (await readTickets(tools, 'CC-4471')).map((one) => [one.state, one.reasons, one.closedBy]);

  it('opens at 3599 mV, is joined by silence, and closes when the box speaks and is charged', async () => {
    await givenHeldBox(tools);
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now(), batteryMillivolts: 3600 }));
    expect(await tickets()).toEqual([]);
    await sends(tools, aHeartbeat({ seq: 2, deviceTime: tools.now(), batteryMillivolts: 3599 }));
    expect(await tickets()).toEqual([['open', ['battery'], undefined]]);
    tools.advance(2 * 3600 + 1);
    expect((await checkBox(tools, 'CC-4471')).outcome).toBe('silent');
    expect((await checkBox(tools, 'CC-4471')).outcome).toBe('silent');
    expect(await tickets()).toEqual([['open', ['battery', 'silence'], undefined]]);
    await sends(tools, aHeartbeat({ seq: 3, deviceTime: tools.now(), batteryMillivolts: 3650 }));
    expect(await tickets()).toEqual([['open', ['battery'], undefined]]);
    await sends(tools, aHeartbeat({ seq: 4, deviceTime: tools.now(), batteryMillivolts: 3900 }));
    expect(await tickets()).toEqual([['closed', ['battery'], 'charged']]);
  });

  it('is one, however many see the silence at once', async () => {
    await givenHeldBox(tools);
    tools.advance(2 * 24 * 3600);
    await Promise.all([1, 2, 3, 4].map(() => checkBox(tools, 'CC-4471')));
    expect(await tickets()).toEqual([['open', ['silence'], undefined]]);
    expect(await boxReport(tools, 'CC-4471')).toMatchObject({ silent: true });
  });

  it('says when to ask again while the box is heard', async () => {
    await givenHeldBox(tools);
    await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now() }));
    expect(await checkBox(tools, 'CC-4471')).toEqual({ outcome: 'heard', nextCheckAt: addSeconds(tools.now(), 7200) });
  });
});

describe('more than a fifth of a facility’s boxes silent in one window', () => {
  it('is one incident instead of tickets, and over when they speak again', async () => {
    for (let n = 0; n < 10; n++) {
      const ids = { boxId: `CC-100${n}`, patientId: `pat_${n}` };
      await givenHeldBox(tools, ids);
      await sends(tools, aHeartbeat({ seq: 1, deviceTime: tools.now() }), { boxId: ids.boxId });
    }
    tools.advance(3 * 3600);
    for (let n = 3; n < 10; n++)
      await sends(tools, aHeartbeat({ seq: 2, deviceTime: tools.now() }), { boxId: `CC-100${n}` });
    expect(await checkFacility(tools, facility.facilityId)).toEqual({
      outcome: 'opened',
      silentBoxes: 3,
      heldBoxes: 10,
    });
    expect(await checkFacility(tools, facility.facilityId)).toMatchObject({ outcome: 'stands' });
    expect(await incidentOpen(tools, facility.facilityId)).toBe(true);
    expect((await checkBox(tools, 'CC-1000')).outcome).toBe('incident');
    expect(await readTickets(tools, 'CC-1000')).toEqual([]);
    for (let n = 0; n < 3; n++)
      await sends(tools, aHeartbeat({ seq: 2, deviceTime: tools.now() }), { boxId: `CC-100${n}` });
    expect((await checkFacility(tools, facility.facilityId)).outcome).toBe('closed');
    expect(await incidentOpen(tools, facility.facilityId)).toBe(false);
  });
});
