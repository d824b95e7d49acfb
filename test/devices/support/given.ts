import { allocateBox } from '../../../functions/devices/allocate.ts';
import type { BoxRegistry } from '../../../functions/devices/box-registry.ts';
import { recordTelemetry } from '../../../functions/devices/record-telemetry.ts';
import { registerBox } from '../../../functions/devices/register.ts';
import type { TelemetryEvent } from '../../../functions/devices/telemetry-shapes.ts';
import type { Tools } from '../../../functions/shared/tools.ts';
import { days } from '../../../functions/treatment/days.ts';
import { aTools, givenAccessCard, type TestTools } from '../../support/tools.ts';
import { givenPlan } from '../../treatment/given.ts';
import { aRecord } from './events.ts';

export const facility = { facilityId: 'org_gumla', path: ['org_india', 'org_gumla'] };
export const deviceEnv = {
  BOX_ENDPOINT: 'localhost:4283',
  BOX_AUTHORITY_URL: 'http://localhost:4280/local/mqtt-ca.pem',
  IOT_THING_TYPE: 'careconnect-pill-box',
  IOT_POLICY_NAME: 'careconnect-pill-box',
};

export type TestRegistry = BoxRegistry & {
  readonly things: Set<string>;
  /** Certificate id → box, while it may speak. */
  readonly active: Map<string, string | undefined>;
};

/** A registry in memory that keeps IoT Core's promises: a certificate speaks for the one thing that it is attached to. */
export function aRegistry(): TestRegistry {
  const things = new Set<string>();
  const active = new Map<string, string | undefined>();
  let count = 0;
  return {
    things,
    active,
    createThing: async (boxId) => {
      things.add(boxId);
    },
    createCertificate: async () => {
      const certificateId = `certificate-${++count}`;
      active.set(certificateId, undefined);
      return {
        certificateId,
        certificateArn: `arn:aws:iot:ap-south-1:000000000000:cert/${certificateId}`,
        certificatePem: '-----BEGIN CERTIFICATE-----',
        privateKeyPem: `-----BEGIN PRIVATE KEY----- ${count}`,
      };
    },
    attach: async (boxId, certificateArn) => {
      const certificateId = certificateArn.split('/')[1] ?? '';
      if (active.has(certificateId)) active.set(certificateId, boxId);
    },
    revoke: async (certificateId) => {
      active.delete(certificateId);
    },
  };
}

export async function devicesTools(now = '2026-11-30T04:10:00.000Z'): Promise<TestTools> {
  return await aTools({ now, env: deviceEnv });
}

export async function givenBox(
  tools: Tools,
  boxId = 'CC-4471',
  registry: BoxRegistry = aRegistry(),
  uploadIntervalHours = 1,
) {
  return await registerBox(tools, registry, {
    ...facility,
    serial: boxId,
    model: 'evriMED500',
    uploadIntervalHours,
    actorId: 'usr_admin',
  });
}

/** A patient of the facility with a daily tablet at 08:00 in Kolkata since 1 November. */
export async function givenPatient(tools: Tools, patientId = 'pat_1', plan: Parameters<typeof givenPlan>[2] = {}) {
  await givenAccessCard(tools, { kind: 'patient', id: patientId }, { path: facility.path, teamId: 'team_1' });
  await givenPlan(tools, patientId, plan);
}

/** A box in the hands of a patient with a plan. */
export async function givenHeldBox(
  tools: Tools,
  { boxId = 'CC-4471', patientId = 'pat_1', from = '2026-11-20T04:00:00.000Z', uploadIntervalHours = 1 } = {},
) {
  await givenBox(tools, boxId, aRegistry(), uploadIntervalHours);
  await givenPatient(tools, patientId);
  return await allocateBox(tools, { boxId, patientId, from, actorId: 'usr_nurse' });
}

/** The box sends one event, or several together; received at the tools' now unless told. */
export async function sends(
  tools: Tools,
  events: TelemetryEvent | readonly TelemetryEvent[],
  overrides: { boxId?: string; receivedAt?: string } = {},
) {
  const list = 'v' in events ? [events] : events;
  const boxId = overrides.boxId ?? 'CC-4471';
  const receivedAt = overrides.receivedAt ?? tools.now();
  return await recordTelemetry(
    tools,
    boxId,
    list.map((event) => aRecord(event, { boxId, receivedAt })),
  );
}

/** The statuses of a day's slots, with the detail where there is one. */
export async function statusesOn(tools: Tools, localDate: string, patientId = 'pat_1'): Promise<string[]> {
  const [day] = await days(tools, patientId, localDate, localDate);
  return (day?.slots ?? []).map((slot) => (slot.detail ? `${slot.status} ${slot.detail}` : slot.status));
}
