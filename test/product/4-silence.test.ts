import { beforeAll, expect, it } from 'vitest';
import { Clinic } from './support/clinic.ts';
import { local } from './support/local.ts';
import { Patient, pass, today, until, worklist } from './support/patient.ts';

/** Nothing is due to the minute in a silent day; its last hour brings what the night has closed. */
async function passDay(): Promise<void> {
  await local.advance('PT23H', { ticks: 'hours' });
  await pass('PT1H');
}

let clinic: Clinic;
let patient: Patient;
let first: string;
let since: string;
/** It sleeps for a day at a time, so it may be silent for two before anybody worries. */
const daily = { uploadIntervalHours: 24 };

beforeAll(async () => {
  clinic = await Clinic.open();
  patient = await Patient.enrol(clinic, { templateId: '2hrze-4hr', ...daily });
  await until('20:00');
  await patient.boxSends(await patient.event('opening', daily), await patient.event('heartbeat', daily));
  await until('03:10');
  first = await today();
  since = (await local.clock()).now;
});

it('waits for the box as long as it may still speak', async () => {
  await passDay();
  expect(await patient.statuses(first, first)).toEqual({ [first]: 'waiting' });
  expect((await worklist(clinic)).boxes).toEqual([]);
});

it('is not reporting once it is late by twice its upload interval, and has one ticket', async () => {
  await until('20:10');
  expect(await patient.statuses(first, first)).toEqual({ [first]: 'silent' });
  const { boxes, ask, now } = await worklist(clinic);
  expect(boxes).toMatchObject([{ taskKind: 'device', boxId: patient.boxPapers.boxId, reason: { key: 'box-silent' } }]);
  expect([ask, now]).toEqual([[], []]);
});

it('after three days is one question to the patient, and never an alarm', async () => {
  await until('03:10');
  await passDay();
  const { now, ask, boxes } = await worklist(clinic);
  expect(now).toEqual([]);
  expect(ask).toMatchObject([{ taskKind: 'ask-patient', reason: { key: 'no-news', params: { days: 3 } } }]);
  expect(boxes).toHaveLength(1);
  const { current, before } = await patient.alerts();
  expect([current, before]).toEqual([undefined, []]);
  expect(await local.outbox({ contains: patient.code, since })).toEqual([]);
});

it('is still the same one ticket and one question on the next day', async () => {
  await passDay();
  const { ask, boxes, now } = await worklist(clinic);
  expect([ask.length, boxes.length, now.length]).toEqual([1, 1, 0]);
});

it('ends with the box’s next word, whatever that tells', async () => {
  await patient.boxSends(await patient.event('heartbeat', daily));
  const { boxes, now } = await worklist(clinic);
  expect(boxes).toEqual([]);
  expect(await patient.statuses(first, first)).toEqual({ [first]: 'shut' });
  expect(now).toMatchObject([{ band: 'red', reason: { key: 'days-running', params: { reporting: true } } }]);
});
