import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { BoxView, SwapAnswer } from '../../functions/devices/contract.ts';
import { MedicationPlan } from '../../functions/treatment/contract.ts';
import { Clinic } from './support/clinic.ts';
import { local } from './support/local.ts';
import { Patient, pass, today } from './support/patient.ts';

const Plans = z.object({ plans: z.array(MedicationPlan) });

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});

describe('a treatment that ends with a death', () => {
  it('sends nothing afterwards, whatever was queued and whatever still arrives', async () => {
    const phone = '+919431180991';
    const patient = await Patient.enrol(clinic, { phone });
    await patient.boxIsAlive();
    const late = await patient.event('opening', { durationMs: 8_000 });
    const base = `/api/treatment/patients/${patient.patientId}/plans`;
    const [plan] = (await clinic.nurse.get(base, Plans)).plans;
    const stop = { reason: 'died' };
    const answer = await clinic.nurse.ask('POST', `${base}/${plan?.planId}/stop`, stop, {
      'if-match': `"${plan?.version}"`,
      'idempotency-key': crypto.randomUUID(),
    });
    expect(answer.status).toBeLessThan(300);
    await local.idle();
    const { now: since } = await local.clock();
    await patient.boxSends(late);
    await clinic.nurse.ask('POST', `/api/treatment/patients/${patient.patientId}/evidence`, {
      ...{ kind: 'taken', evidenceId: crypto.randomUUID(), localDate: await today(), slot: 'day' },
    });
    await pass('PT23H');
    expect(await local.outbox({ to: phone, since })).toEqual([]);
    expect((await local.outbox({ contains: patient.code, since })).map((message) => message.text)).toEqual([]);
    const { current, tasks } = await patient.alerts();
    expect(current).toBeUndefined();
    expect(tasks.filter((task) => task.state === 'open').map((task) => task.kind)).toEqual(['box-return']);
    await fetched(patient, tasks.find(({ kind }) => kind === 'box-return')?.taskId);
  });
});

/** Who was asked to fetch the box says that it is here: from then on it may be given to somebody else. */
async function fetched(patient: Patient, taskId: string | undefined): Promise<void> {
  const { boxId } = patient.boxPapers;
  const done = `/api/alerts/patients/${patient.patientId}/tasks/${taskId}/done`;
  expect((await clinic.nurse.ask('POST', done, { answer: 'box-here' })).status).toBeLessThan(300);
  await local.idle();
  const next = await Patient.enrol(clinic, { withoutBox: true });
  const given = await clinic.nurse.does('POST', `/api/devices/patients/${next.patientId}/box`, { boxId }, BoxView);
  expect(given.holder).toMatchObject({ patientId: next.patientId });
}

describe('two boxes that were swapped', () => {
  it('are put right back-dated: both calendars are right, and both say which box it was', async () => {
    const [one, other] = [await Patient.enrol(clinic), await Patient.enrol(clinic)];
    await one.boxIsAlive();
    await other.boxIsAlive();
    const { now: since } = await local.clock();
    await local.advance('PT2M');
    // Each holds the other's box: `one` takes the dose out of the box that is registered to `other`.
    await other.opensBox();
    const date = await today();
    expect(await other.statuses(date, date)).toEqual({ [date]: 'opened' });
    const body = { boxA: one.boxPapers.boxId, boxB: other.boxPapers.boxId, since };
    await clinic.nurse.does('POST', `/api/devices/teams/${clinic.teamId}/swaps`, body, SwapAnswer);
    await local.idle();
    expect(await one.statuses(date, date)).toEqual({ [date]: 'opened' });
    expect(await other.statuses(date, date)).toEqual({ [date]: 'yet' });
    const again = await clinic.nurse.does('POST', `/api/devices/teams/${clinic.teamId}/swaps`, body, SwapAnswer);
    expect(again.outcome).toBe('already-corrected');
    for (const patient of [one, other]) {
      const timeline = await clinic.nurse.ask(
        'GET',
        `/api/treatment/patients/${patient.patientId}/timeline?from=${date}&to=${date}`,
      );
      expect(JSON.stringify(timeline.body)).toContain(other.boxPapers.boxId);
    }
  });
});
