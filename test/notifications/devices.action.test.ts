import { beforeEach, expect, it } from 'vitest';
import { addDevice } from '../../functions/notifications/my-preferences.ts';
import { readDevices } from '../../functions/notifications/reach-store.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { aTools, type TestTools } from '../support/tools.ts';

const now = '2026-11-30T04:10:00.000Z';
let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now, env: { PUSH_SERVICES: 'https://push.example.org' } });
});

const names = async () => (await readDevices(tools, 'usr_meera')).map(({ name }) => name).sort();
const add = async (number: number, name = `phone ${number}`) => {
  tools.setNow(addSeconds(now, number));
  const keys = { p256dh: `key ${number}`, auth: 'secret' };
  await addDevice(tools, 'usr_meera', { endpoint: `https://push.example.org/${number}`, keys, name });
};

it('a person’s tenth device is the last: the first makes room for the eleventh', async () => {
  for (let number = 0; number < 10; number++) await add(number);
  expect(await names()).toHaveLength(10);
  await add(3, 'phone 3, again');
  expect(await names()).toContain('phone 0');
  await add(10);
  expect(await names()).toHaveLength(10);
  expect(await names()).not.toContain('phone 0');
  expect(await names()).toContain('phone 3, again');
});

it('a push service that we do not know is refused', async () => {
  const input = { endpoint: 'https://elsewhere.example.net/1', keys: { p256dh: 'k', auth: 's' }, name: 'phone' };
  await expect(addDevice(tools, 'usr_meera', input)).rejects.toMatchObject({ code: 'invalid' });
});
