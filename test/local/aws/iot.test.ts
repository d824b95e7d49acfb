import { X509Certificate } from 'node:crypto';
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteThingCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import {
  GetThingShadowCommand,
  IoTDataPlaneClient,
  PublishCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from './cloud.ts';
import { accountId, allow, region, startCloud } from './cloud.ts';

const arn = (rest: string) => `arn:aws:iot:${region}:${accountId}:${rest}`;
const thingName = 'CC-4471';
let cloud: Cloud;
let registry: IoTClient;
let data: IoTDataPlaneClient;

beforeAll(async () => {
  const policies = [{ name: 'pill-box', document: { Statement: [] } }];
  cloud = await startCloud({}, { iot: { policies, thingTypes: ['pill-box'] } });
  registry = new IoTClient(cloud.as('devices', allow(['iot:*'], ['*'])));
  data = new IoTDataPlaneClient(
    cloud.as('devices-on-change', allow(['iot:UpdateThingShadow', 'iot:GetThingShadow'], [arn('thing/*')])),
  );
});
afterAll(() => cloud.stop());
beforeEach(() => {
  cloud.published.length = 0;
});

describe('a registered box', () => {
  it('is known by its certificate until that is revoked', async () => {
    await registry.send(
      new CreateThingCommand({
        thingName,
        thingTypeName: 'pill-box',
        attributePayload: { attributes: { serial: '1' } },
      }),
    );
    const made = await registry.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const principal = made.certificateArn ?? '';
    await registry.send(new AttachThingPrincipalCommand({ thingName, principal }));
    await registry.send(new AttachPolicyCommand({ policyName: 'pill-box', target: principal }));

    const certificate = new X509Certificate(made.certificatePem ?? '');
    expect(certificate.verify(new X509Certificate(cloud.cloud.iotRegistry.caPem).publicKey)).toBe(true);
    const known = () => cloud.cloud.iotRegistry.principal(certificate.fingerprint256);
    expect(known()).toMatchObject({ things: [{ thingName }], policies: [{ name: 'pill-box' }] });

    const changed: string[] = [];
    cloud.cloud.iotRegistry.onPrincipalChanged((fingerprint) => changed.push(fingerprint));
    await registry.send(
      new UpdateCertificateCommand({ certificateId: made.certificateId ?? '', newStatus: 'REVOKED' }),
    );
    expect(known()).toBeUndefined();
    expect(changed).toEqual([certificate.fingerprint256]);
    const back = new UpdateCertificateCommand({ certificateId: made.certificateId ?? '', newStatus: 'ACTIVE' });
    await expect(registry.send(back)).rejects.toMatchObject({ name: 'CertificateStateException' });

    await expect(registry.send(new DeleteThingCommand({ thingName }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await registry.send(new DetachThingPrincipalCommand({ thingName, principal }));
    expect(cloud.cloud.iotRegistry.things()).toMatchObject([{ thingName, principals: [] }]);
  });

  it('is attached only by a role that may attach to anything', async () => {
    const narrow = new IoTClient(
      cloud.as('narrow', allow(['iot:AttachThingPrincipal'], [arn('thing/*'), arn('cert/*')])),
    );
    const attach = new AttachThingPrincipalCommand({ thingName, principal: arn('cert/0') });
    await expect(narrow.send(attach)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a shadow', () => {
  const base = `$aws/things/${thingName}/shadow/name/config`;
  const desire = (desired: object, version?: number) =>
    data.send(
      new UpdateThingShadowCommand({
        thingName,
        shadowName: 'config',
        payload: Buffer.from(JSON.stringify({ state: { desired }, version })),
      }),
    );
  const shadow = async () => {
    const { payload } = await data.send(new GetThingShadowCommand({ thingName, shadowName: 'config' }));
    return JSON.parse(Buffer.from(payload ?? []).toString());
  };

  it('asks the box for what it has not confirmed, and no more once it has', async () => {
    await desire({ alarms: ['20:00'], upload: { hours: 12 } });
    expect(cloud.published.map((one) => one.topic.slice(base.length))).toEqual([
      '/update/accepted',
      '/update/documents',
      '/update/delta',
    ]);
    cloud.cloud.iotRegistry.deviceShadow(
      `${base}/update`,
      Buffer.from('{"state":{"reported":{"alarms":["20:00"],"upload":{"hours":1}}}}'),
    );
    expect((await shadow()).state).toMatchObject({ delta: { upload: { hours: 12 } } });
    cloud.cloud.iotRegistry.deviceShadow(
      `${base}/update`,
      Buffer.from('{"state":{"reported":{"upload":{"hours":12}}}}'),
    );
    const current = await shadow();
    expect(current.state.delta).toBeUndefined();
    expect(current.version).toBe(3);
    expect(current.metadata.reported.upload.hours).toEqual({ timestamp: cloud.clock.now / 1000 });
  });

  it('refuses a change of an older version, and removes with null', async () => {
    await expect(desire({ alarms: [] }, 1)).rejects.toMatchObject({ name: 'ConflictException' });
    await desire({ upload: null }, 3);
    expect((await shadow()).state.desired).toEqual({ alarms: ['20:00'] });
  });

  it('answers the box that asks, with a rejection when there is none', () => {
    cloud.cloud.iotRegistry.deviceShadow(`${base}/get`, Buffer.alloc(0));
    cloud.cloud.iotRegistry.deviceShadow('$aws/things/CC-4471/shadow/get', Buffer.alloc(0));
    expect(cloud.published.map((one) => one.topic)).toEqual([
      `${base}/get/accepted`,
      '$aws/things/CC-4471/shadow/get/rejected',
    ]);
  });

  it('is published to only by who may', async () => {
    const publish = new PublishCommand({ topic: 'boxes/CC-4471/commands', payload: Buffer.from('{"beep":1}'), qos: 1 });
    await expect(data.send(publish)).rejects.toMatchObject({ name: 'ForbiddenException' });
    const commander = new IoTDataPlaneClient(
      cloud.as('commander', allow(['iot:Publish'], [arn('topic/boxes/*/commands')])),
    );
    await commander.send(publish);
    expect(cloud.published).toEqual([{ topic: 'boxes/CC-4471/commands', payload: { beep: 1 } }]);
  });
});
