import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Changed } from '../../functions/realtime/contract.ts';
import { Clinic } from './support/clinic.ts';
import { local, peopleTold } from './support/local.ts';
import { Patient, pass, today, until, worklist } from './support/patient.ts';

const Anything = z.unknown();
const PHONE = '+919000000601';
let clinic: Clinic;
let patient: Patient;

beforeAll(async () => {
  clinic = await Clinic.open();
  patient = await Patient.enrol(clinic, { templateId: 'bpalm', phone: PHONE });
  const path = `/api/notifications/teams/${clinic.teamId}/topic`;
  const email = clinic.nurse.email;
  await clinic.nurse.does('PUT', path, { protocol: 'email', endpoint: email, severities: ['red'] }, Anything);
  const request = (await local.outbox({ to: email })).find(({ confirmUrl }) => confirmUrl !== undefined);
  await fetch(request?.confirmUrl ?? '');
  await patient.boxIsAlive();
});
afterAll(async () => {
  await local.faults({ clear: true });
  await local.faults({ hostile: true, seed: 7 });
});

const reminded = async (since: string) => await peopleTold(await local.outbox({ to: PHONE, since }), since);

it('reminds of a dose though the ticks of three hours were lost', async () => {
  await until('06:30');
  const since = (await local.clock()).now;
  await local.advance('PT3H', { ticks: 'skip' });
  expect(await reminded(since)).toEqual([]);
  await local.advance('PT2M');
  expect(await reminded(since)).toEqual([PHONE]);
  await local.advance('PT30M');
  expect(await reminded(since)).toEqual([PHONE]);
});

/** A dose was missed, and the box says so just before the clinic opens. Answers who was told of it by then and later. */
async function toldOfAMiss(trouble: () => Promise<void>): Promise<string[]> {
  await until('03:05');
  const since = (await local.clock()).now;
  await until('08:58');
  await trouble();
  await patient.boxIsAlive();
  await until('09:02');
  await pass('PT2H');
  return await peopleTold(await local.outbox({ contains: patient.code, since }), since);
}

it('delivers an alert once to each, though SNS refuses it five times', async () => {
  // The topic's delivery and the nurse's own: five each.
  const throttled = { service: 'sns', operation: 'Publish', error: 'Throttling', times: 10 };
  const told = await toldOfAMiss(async () => await local.faults(throttled));
  expect(told).toEqual([clinic.nurse.email, clinic.nurse.phone].sort());
  expect(await local.pendingFaults()).toEqual([]);
});

it('delivers the next one, though every function on its way is killed', async () => {
  const alertId = (await patient.alerts()).current?.alertId;
  const path = `/api/alerts/patients/${patient.patientId}/alerts/${alertId}/resolve`;
  await clinic.nurse.does('POST', path, { outcome: 'reached-not-taken', why: 'forgot' }, Anything);
  const onTheWay = ['OnTelemetry', 'AlertsOnChange', 'OnDue', 'OnMessage', 'OnMinute'];
  const told = await toldOfAMiss(async () => {
    for (const name of onTheWay) await local.faults({ killAfterWrites: { function: name, writes: 1 } });
  });
  expect(told).toEqual([clinic.nurse.email, clinic.nurse.phone].sort());
});

const killed = ['OnTelemetry', 'AlertsOnChange', 'ReportsOnChange', 'RealtimeOnChange'] as const;

it.each(killed.flatMap((name) => [1, 2].map((writes) => [name, writes] as const)))(
  'loses nothing and shows it once when %s is killed after write %i',
  async (name, writes) => {
    const page = await clinic.nurse.opensPage();
    const mine = await Patient.enrol(clinic, { templateId: 'daily-tablet' });
    await local.faults({ killAfterWrites: { function: name, writes } });
    await mine.boxSends(await mine.event('opening'), await mine.event('heartbeat'));
    await local.advance('PT6M');
    const date = await today();
    const { days } = await mine.days(date, date);
    expect(days[0]).toMatchObject({ status: 'opened' });
    expect(days[0]?.slots[0]?.evidence).toHaveLength(1);
    await page.hear((message) => {
      const changed = z.safeParse(Changed, message);
      return changed.success && changed.data.patientId === mine.patientId;
    });
    page.close();
  },
);

it('has given up no message in all this', async () => {
  expect(await local.deadLetters()).toEqual([]);
  expect((await worklist(clinic)).now.filter((row) => row.patient.patientId === patient.patientId)).toHaveLength(1);
});
