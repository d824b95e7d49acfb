import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { allocateBox } from '../../../../functions/devices/allocate.ts';
import { boxRegistry } from '../../../../functions/devices/box-registry.ts';
import { registerBox } from '../../../../functions/devices/register.ts';
import { enrolPatient, finishEnrolment } from '../../../../functions/identity/enrol-patient.ts';
import type { Actor } from '../../../../functions/shared/access.ts';
import { addSeconds } from '../../../../functions/shared/time.ts';
import type { Tools } from '../../../../functions/shared/tools.ts';
import type { MedicationPlan } from '../../../../functions/treatment/plan-shapes.ts';
import { createPlan } from '../../../../functions/treatment/revise-plan.ts';
import type { Patient } from '../people/patient.ts';
import { country, gumla, lohardaga, region, teamGumla, teamLohardaga } from '../people/places.ts';
import { ago, dateAgo, ZONE } from '../when.ts';
import { operator } from './foundation.ts';
import { type Past, present } from './tools.ts';

export interface Enrolled {
  readonly patient: Patient;
  readonly patientId: string;
  readonly code: string;
  readonly plan: MedicationPlan;
  readonly teamId: string;
  readonly past: Past;
  readonly keys?: { readonly certificatePem: string; readonly privateKeyPem: string };
}

const silent = { sms: () => Promise.resolve(), email: () => Promise.resolve() };
/** Numbers of a facility are given out one after another. */
let lastNumber: Promise<unknown> = Promise.resolve();

/** One sitting at the bedside on the day on which treatment began: patient, consent, plan, box. */
export async function enrol(patient: Patient, by: { nurse: Actor; doctor: Actor }, past: Past): Promise<Enrolled> {
  const { startedDaysAgo } = patient.course;
  const tools = past(ago(startedDaysAgo, '06:10'));
  const team = patient.facility === 'GUM' ? teamGumla : teamLohardaga;
  const enrolled = await inTurn(() => sitting(tools, patient, team.teamId, by.nurse));
  const { patientId = '', code = '' } = enrolled;
  const plan = await prescribe(tools, patient, patientId, by);
  const keys = await handOver(patient, patientId, past, by.nurse);
  await finishEnrolment({ ...tools, actor: by.nurse, post: silent }, team.teamId, enrolled.enrolmentId);
  return { patient, patientId, code, plan, teamId: team.teamId, past, ...(keys && { keys }) };
}

async function sitting(tools: Tools, patient: Patient, teamId: string, nurse: Actor) {
  const { number, who, phone } = patient;
  await tools.db.send(
    new PutCommand({
      TableName: tools.tableName,
      Item: { pk: `MEDICALID#${patient.facility}`, sk: 'COUNTER', kind: 'counter', v: 1, lastNumber: number - 1 },
    }),
  );
  const purposes = ['treatment', 'box', 'messages', 'supporter'] as const;
  const consent = {
    consentId: tools.id('con'),
    way: 'on-screen',
    textVersion: '2026-01',
    language: who.language,
  } as const;
  return await enrolPatient(
    { ...tools, actor: nurse, post: silent },
    {
      teamId,
      enrolmentId: tools.id('e').slice(2),
      given: {
        who,
        consent: { ...consent, purposes: [...purposes] },
        reach: phone ? { use: phone.use, phone: phone.number } : { use: 'none' },
      },
    },
  );
}

async function prescribe(
  tools: Tools,
  { course }: Patient,
  patientId: string,
  by: { nurse: Actor; doctor: Actor },
): Promise<MedicationPlan> {
  const common = { planId: tools.id('plan'), start: dateAgo(course.startedDaysAgo), zone: ZONE };
  const weight = course.weightKg === undefined ? {} : { weightKg: course.weightKg };
  if ('prescription' in course) {
    const { title, prescription } = course;
    const input = { ...common, ...weight, title, prescription };
    return await createPlan(tools, { patientId, author: by.doctor.userId, input });
  }
  const { templateId, times } = course;
  const input = { ...common, ...weight, templateId, ...(times && { times: { ...times } }) };
  return await createPlan(tools, { patientId, author: by.nurse.userId, input });
}

/** The box is registered with thing and certificate, and handed over before the first dose. */
async function handOver({ box, course, facility }: Patient, patientId: string, past: Past, nurse: Actor) {
  if (!box) return undefined;
  const from = ago(course.startedDaysAgo, '02:30');
  const place = facility === 'GUM' ? gumla : lohardaga;
  const registration = {
    ...{ serial: box.serial, model: 'CC-1', uploadIntervalHours: box.uploadIntervalHours },
    ...{ facilityId: place.organisationId, actorId: operator.userId },
    path: [country.organisationId, region.organisationId, place.organisationId],
  };
  const registered = await registerBox(past(addSeconds(from, -86_400)), boxRegistry(present), registration);
  if (registered.outcome !== 'registered') throw new Error(`${box.serial} is registered already`);
  const { outcome } = await allocateBox(past(from), { boxId: box.serial, patientId, from, actorId: nurse.userId });
  if (outcome !== 'allocated') throw new Error(`${box.serial} could not be handed over: ${outcome}`);
  const { certificatePem, privateKeyPem } = registered.secret;
  return { certificatePem, privateKeyPem };
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = lastNumber.then(work);
  lastNumber = mine.catch(() => undefined);
  return mine;
}
