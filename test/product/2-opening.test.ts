import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Changed } from '../../functions/realtime/contract.ts';
import { Box } from './support/box.ts';
import { Clinic } from './support/clinic.ts';
import { local } from './support/local.ts';
import { Patient, today } from './support/patient.ts';

let clinic: Clinic;
let patient: Patient;
beforeAll(async () => {
  clinic = await Clinic.open();
  patient = await Patient.enrol(clinic);
  await patient.boxIsAlive();
});

const isAbout = (patientId: string) => (message: unknown) => {
  const changed = z.safeParse(Changed, message);
  return changed.success && changed.data.patientId === patientId && changed.data.kind === 'day';
};

describe('a pill box that is opened', () => {
  it('is shown on the nurse’s open page within two seconds', async () => {
    await local.faults({ hostile: false });
    const page = await clinic.nurse.opensPage();
    const box = await Box.connect(patient.boxPapers);
    const opening = await patient.event('opening', { durationMs: 19_000 });
    const began = performance.now();
    await box.report(opening);
    await page.hear(isAbout(patient.patientId), 2_000);
    const date = await today();
    expect(await patient.statuses(date, date)).toEqual({ [date]: 'opened' });
    expect(performance.now() - began).toBeLessThan(2_000);
    page.close();
    await box.disconnect();
    await local.faults({ hostile: true, seed: 7 });
  });

  it('says the same thing fifty times more, out of order with others, and nothing changes', async () => {
    const opening = await patient.event('opening', { durationMs: 9_000 });
    const heartbeats = [await patient.event('heartbeat'), await patient.event('heartbeat')];
    await patient.boxSends(opening, ...heartbeats);
    const date = await today();
    const before = (await patient.days(date, date)).days[0];
    const noise = Array.from({ length: 50 }, (_, index) => [opening, heartbeats[index % 2]]).flat();
    await patient.boxSends(...noise.reverse());
    expect((await patient.days(date, date)).days[0]).toEqual(before);
    expect(before?.slots[0]?.evidence.filter((piece) => piece.kind === 'opening')).toHaveLength(2);
  });
});

describe('who may speak as a box', () => {
  it('nobody without a certificate', async () => {
    const nobody = { ...patient.boxPapers, certificatePem: '', privateKeyPem: '' };
    await expect(Box.connect(nobody)).rejects.toThrow();
  });

  it('not another box with its own certificate', async () => {
    const other = await Patient.enrol(clinic);
    await expect(Box.connect(other.boxPapers, patient.boxPapers.boxId)).rejects.toThrow();
  });

  it('not the box itself on another box’s topic', async () => {
    const other = await Patient.enrol(clinic);
    const box = await Box.connect(patient.boxPapers);
    const topic = `$aws/rules/careconnect_telemetry_v1/boxes/${other.boxPapers.boxId}/telemetry`;
    await expect(box.publish(topic, await other.event('opening'))).rejects.toThrow('closed');
    await local.idle();
    const date = await today();
    expect((await other.days(date, date)).days[0]?.slots[0]?.evidence).toEqual([]);
  });
});
