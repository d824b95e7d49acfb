import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Clinic } from './support/clinic.ts';
import { local, type OutboxEntry, peopleTold } from './support/local.ts';
import { Patient, pass, today, until, worklist } from './support/patient.ts';
import type { Person } from './support/person.ts';

let clinic: Clinic;
let colleague: Person;
let patient: Patient;
let missed: string;
const Anything = z.unknown();

/** What left about a patient, which names them by their code. */
const about = (code: string, since: string) => local.outbox({ contains: code, since });
const byTopic = (messages: readonly OutboxEntry[]) => messages.filter(({ service }) => service === 'sns');

async function subscribe(person: Person, confirm: boolean): Promise<void> {
  const path = `/api/notifications/teams/${clinic.teamId}/topic`;
  await person.does('PUT', path, { protocol: 'email', endpoint: person.email, severities: ['red'] }, Anything);
  const [request] = (await local.outbox({ to: person.email })).filter(({ confirmUrl }) => confirmUrl !== undefined);
  if (confirm && request?.confirmUrl !== undefined) await fetch(request.confirmUrl);
}

beforeAll(async () => {
  clinic = await Clinic.open();
  colleague = await clinic.hires('nurse');
  await subscribe(clinic.nurse, true);
  await subscribe(colleague, true);
  await subscribe(clinic.doctor, false);
  // Others may have left the clock anywhere: this dose is to be taken well before its dosing day ends.
  await until('12:00');
  patient = await Patient.enrol(clinic, { templateId: 'bpalm' });
  await patient.opensBox();
  await until('03:10');
  missed = await today();
});

it('is not yet known to be missed while the box has not reported past the window', async () => {
  await until('20:00');
  await patient.boxIsAlive();
  await until('03:05');
  expect(await patient.statuses(missed, missed)).toEqual({ [missed]: 'waiting' });
  expect((await patient.alerts()).current).toBeUndefined();
});

it('is not opened once the box has reported past it, and opens one alert in a loading week', async () => {
  await patient.boxIsAlive();
  expect(await patient.statuses(missed, missed)).toEqual({ [missed]: 'shut' });
  const { current } = await patient.alerts();
  expect(current).toMatchObject({ band: 'red', critical: true, state: 'triggered', misses: [{ localDate: missed }] });
  expect((await worklist(clinic)).now).toHaveLength(1);
});

it('reaches each confirmed subscriber once, in working hours, by code and never by name', async () => {
  const since = (await local.clock()).now;
  await until('08:55');
  expect(await about(patient.code, since)).toEqual([]);
  await until('09:05');
  const messages = await about(patient.code, since);
  const subscribers = [clinic.nurse.email, colleague.email].sort();
  expect(await peopleTold(byTopic(messages), since)).toEqual(subscribers);
  expect(await peopleTold(messages, since)).toEqual([...subscribers, clinic.nurse.phone].sort());
  expect(JSON.stringify(messages)).not.toContain('Patient ');
  await patient.boxSends(await patient.event('heartbeat'), await patient.event('heartbeat'));
  await pass('PT1H');
  expect(await about(patient.code, since)).toHaveLength(messages.length);
});

it('is acknowledged, called about and closed, and nothing more is said a day later', async () => {
  const { current } = await patient.alerts();
  const path = `/api/alerts/patients/${patient.patientId}/alerts/${current?.alertId}`;
  await clinic.nurse.does('POST', `${path}/acknowledge`, {}, Anything);
  await clinic.nurse.does('POST', `${path}/resolve`, { outcome: 'reached-not-taken', why: 'forgot' }, Anything);
  expect((await worklist(clinic)).now).toEqual([]);
  const since = (await local.clock()).now;
  await patient.opensBox();
  await pass('P1D');
  await patient.opensBox();
  expect(await about(patient.code, since)).toEqual([]);
});

it('is put right by its late opening, which only the one who had it hears of', async () => {
  const since = (await local.clock()).now;
  const opened = new Date(`${missed}T03:20:00.000Z`).toISOString();
  await patient.boxSends(
    await patient.event('opening', { deviceTime: opened, uptimeMs: undefined }),
    await patient.event('heartbeat'),
  );
  const { days } = await patient.days(missed, missed);
  expect(days[0]?.slots[0]).toMatchObject({ status: 'opened', detail: 'arrived-late' });
  const [closed] = (await patient.alerts()).before;
  expect(closed?.annotations).toContainEqual(expect.objectContaining({ kind: 'arrived-late', localDate: missed }));
  await pass('PT24H');
  const told = await about(patient.code, since);
  expect(await peopleTold(told, since)).toEqual([clinic.nurse.phone]);
});
