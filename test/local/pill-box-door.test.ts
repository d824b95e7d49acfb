import { UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { iotOf, type Papers, registerBox } from './fixture/register-box.ts';
import { type Running, runFixture } from './fixture/running.ts';

let running: Running;
let papers: Papers;
let others: Papers;
beforeAll(async () => {
  running = await runFixture('2026-11-30T04:10:00.000Z');
  papers = await registerBox(running.cloud, 'CC-1');
  others = await registerBox(running.cloud, 'CC-2');
});
afterAll(() => running.stop());

it('hands the raw bytes of a box to the rule before the box has its acknowledgement', async () => {
  const client = await connect('CC-1', papers);
  await client.publishAsync('$aws/rules/careconnect_telemetry_v1/boxes/CC-1/telemetry', 'not even json', { qos: 1 });
  await client.endAsync();
  await running.cloud.idle();
  const [message] = (await running.items('MESSAGE')).filter((item) => item.sk === 'CC-1');
  const { body } = Object(message);
  expect(body).toMatchObject({ boxId: 'CC-1', clientId: 'CC-1' });
  expect(Buffer.from(String(body.body), 'base64').toString()).toBe('not even json');
  expect(Math.abs(Number(body.receivedAt) - running.cloud.clock.now())).toBeLessThan(60_000);
});

it('refuses a client without a certificate, with another name, or with a revoked certificate', async () => {
  await expect(connect('CC-1', undefined)).rejects.toThrow();
  await expect(connect('CC-2', papers)).rejects.toThrow();
  const revoked = await registerBox(running.cloud, 'CC-3');
  const client = await connect('CC-3', revoked);
  const closed = new Promise((resolve) => client.once('close', () => resolve(undefined)));
  await iotOf(running.cloud).send(
    new UpdateCertificateCommand({ certificateId: revoked.certificateId, newStatus: 'REVOKED' }),
  );
  await closed;
  await expect(connect('CC-3', revoked)).rejects.toThrow();
});

it('closes the connection of a box that speaks on the topic of another', async () => {
  const client = await connect('CC-2', others);
  const closed = new Promise((resolve) => client.once('close', () => resolve(undefined)));
  client.publish('$aws/rules/careconnect_telemetry_v1/boxes/CC-1/telemetry', '{}', { qos: 1 });
  await closed;
  await running.cloud.idle();
  expect((await running.items('MESSAGE')).filter((item) => item.sk === 'CC-1')).toHaveLength(1);
});

async function connect(clientId: string, own: Papers | undefined): Promise<MqttClient> {
  const { ports, caPem } = running.cloud;
  const client = await connectAsync(
    `mqtts://localhost:${ports.mqtts}`,
    {
      clientId,
      ca: caPem,
      reconnectPeriod: 0,
      connectTimeout: 3000,
      ...(own && { key: own.privateKeyPem, cert: own.certificatePem }),
    },
    false,
  );
  client.on('error', () => undefined);
  return client;
}
