import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { say } from '../../functions/notifications/words.ts';
import { demoPages } from '../../infra/local/demo/pages.ts';
import { registerBox } from './fixture/register-box.ts';
import { type Running, runFixture } from './fixture/running.ts';

let running: Running;
beforeAll(async () => {
  running = await runFixture('2026-11-30T19:00:00.000Z', undefined, demoPages);
  const { boxes, accounts, contacts } = running.cloud.people;
  const papers = await registerBox(running.cloud, 'CC-4471');
  boxes.push({
    boxId: 'CC-4471',
    ...papers,
    holder: 'Sunita Devi Kushwaha',
    zone: 'Asia/Kolkata',
    uploadIntervalHours: 1,
    doseTimes: ['08:00'],
    takes: 0,
    dead: false,
    boot: { bootId: 'first', at: Date.parse('2026-11-30T19:00:00.000Z'), seq: 0 },
  });
  accounts.push({ role: 'nurse', name: 'Meera Toppo', signIn: 'meera', password: 'x', patients: 150 });
  contacts['+911'] = 'Meera Toppo';
});
afterAll(() => running.stop());

const press = (what: string) => running.call('/local/boxes/CC-4471', { do: what });
const reports = async () => {
  const items = await running.items('REPORT');
  return items.map((item) => JSON.parse(String(item.event))).sort((a, b) => a.seq - b.seq);
};

it('reports an opening at once, over MQTT, as the box itself', async () => {
  await press('open');
  await running.cloud.idle();
  const opening = { v: 1, seq: 0, kind: 'opening', deviceTime: expect.stringMatching(/^2026-11-30T19:00:/) };
  expect(await reports()).toEqual([expect.objectContaining(opening)]);
});

it('gives a sign of life at its interval, in moved time', async () => {
  await running.call('/local/clock', { advance: 'PT2H' });
  expect((await reports()).filter(({ kind }) => kind === 'heartbeat')).toHaveLength(2);
});

it('lets the day pass with the lid shut', async () => {
  const before = (await reports()).filter(({ kind }) => kind === 'opening').length;
  await press('let-day-pass');
  expect((await reports()).filter(({ kind }) => kind === 'opening')).toHaveLength(before);
  expect(new Date(running.cloud.clock.now()).toISOString()).toMatch(/^2026-11-30T21:4/);
});

it('takes over settings that its shadow asks for, and says so', async () => {
  const { aws, region } = running.cloud;
  const client = new IoTDataPlaneClient({ endpoint: aws.endpoint, region, credentials: aws.operator });
  const desired = { alarmTimes: ['20:00'], requestId: 'r1' };
  const payload = Buffer.from(JSON.stringify({ state: { desired } }));
  await client.send(new UpdateThingShadowCommand({ thingName: 'CC-4471', shadowName: 'config', payload }));
  await expect
    .poll(async () => (await reports()).at(-1), { timeout: 5000 })
    .toMatchObject({ kind: 'alarm-changed', alarmTimes: ['20:00'], requestId: 'r1' });
  expect(await running.call('/local/boxes')).toMatchObject([{ alarmTimes: ['20:00'] }]);
});

it('is silent when its battery is dead, and puts the record right when it uploads late', async () => {
  await press('battery-dead');
  const before = (await reports()).length;
  await press('open');
  await running.call('/local/clock', { to: '09:40', zone: 'Asia/Kolkata' });
  expect(await reports()).toHaveLength(before);
  await press('upload-late');
  await running.cloud.idle();
  const all = await reports();
  const boot = all.find(({ kind }) => kind === 'boot');
  const since = all.filter(({ bootId }) => bootId === boot?.bootId);
  expect(boot).toMatchObject({ previousLastSeq: before - 1 });
  expect(since.map(({ kind }) => kind)).toEqual(['boot', 'opening', 'heartbeat']);
  expect(since[1]?.deviceTime).toBe('2026-12-01T02:42:00.000Z');
});

it('counts what reached one person today', async () => {
  running.cloud.aws.outbox.add({
    service: 'sms',
    to: '+911',
    text: 'GUM-0417-9: please call by 13:40. On it: https://care.example/o#x',
    status: 'sent',
    messageId: 'm1',
  });
  running.cloud.aws.outbox.add({ service: 'sms', to: '+912', text: 'Somebody else', status: 'sent', messageId: 'm2' });
  for (const text of [say('more-waiting', {}, 'en').text, 'Your code is 123456'])
    running.cloud.aws.outbox.add({ service: 'sms', to: '+911', text, status: 'sent', messageId: 'm3' });
  expect(await running.call('/local/demo/state')).toMatchObject({
    tally: 'Meera got 1 message today, for 150 patients, and 1 for the rest',
    messages: [
      {},
      {},
      { to: '+912' },
      { to: 'Meera Toppo', text: expect.stringContaining('GUM-0417-9: please call by 13:40.') },
    ],
    box: { boxId: 'CC-4471' },
  });
});
