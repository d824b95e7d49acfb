import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, runFixture } from './fixture/running.ts';

let running: Running;
beforeAll(async () => {
  running = await runFixture('2026-11-30T04:10:20.000Z');
});
afterAll(() => running.stop());

const advance = (by: string, more = {}) => running.call('/local/clock', { advance: by, ...more });
const idle = () => running.call('/local/idle');

it('calls a function with the event its route gives it, through the behaviour that adds the secret header', async () => {
  const answer = await fetch(`${running.cloud.appOrigin}/api/open/echo/x?b=2&a=1&a=3`, {
    headers: { cookie: 'c=1; d=2' },
  });
  expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  const event = await answer.json();
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'ANY /api/open/{proxy+}',
    rawPath: '/api/open/echo/x',
    rawQueryString: 'b=2&a=1&a=3',
    queryStringParameters: { a: '1,3', b: '2' },
    cookies: ['c=1', 'd=2'],
    pathParameters: { proxy: 'echo/x' },
    requestContext: { http: { method: 'GET' }, stage: '$default' },
  });
  expect(event.headers['x-origin-secret']).toMatch(/^\w{40}$/);
});

it('ends a call at the time-out of the template', async () => {
  const answer = await fetch(`${running.cloud.appOrigin}/api/open/sleep`);
  expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
});

it('lets calls of one moment share an environment that is soon free, and gives each its own while hostile', async () => {
  const environments = async () =>
    new Set(await Promise.all([1, 2].map(() => running.call('/api/open/environment')))).size;
  await running.call('/api/open/environment');
  const began = performance.now();
  const shared = (await environments()) === 1;
  // A machine that is busier than half a second is right to start another.
  expect(shared || performance.now() - began > 450).toBe(true);
  await running.call('/local/faults', { hostile: true, seed: 7 });
  expect(await environments()).toBe(2);
  await running.call('/local/faults', { clear: true });
});

it('refuses what the role does not allow, and says so', async () => {
  const answer = await fetch(`${running.cloud.appOrigin}/api/open/scan`);
  expect(answer.status).toBe(500);
  expect(await running.call('/local/denied')).toMatchObject([{ action: 'dynamodb:Scan' }]);
});

it('gives every function the moved time', async () => {
  await advance('PT90S');
  expect(await running.call('/api/open/time')).toMatchObject({ iso: expect.stringMatching(/^2026-11-30T04:1[12]:/) });
});

it('fires every minute that is crossed, each with its own time', async () => {
  const { now } = await readClock();
  await advance('PT10M');
  const ticks = await ticksWithin(now, 10);
  expect(ticks).toHaveLength(10);
  for (const tick of ticks) expect(new Date(Number(tick.at)).toISOString()).toBe(String(tick.sk).replace('Z', '.000Z'));
});

it('loses the ticks it is told to lose', async () => {
  const { now } = await readClock();
  await advance('PT10M', { ticks: 'skip' });
  // A minute that passes by itself before the leap begins is heard.
  expect((await ticksWithin(now, 10)).length).toBeLessThan(2);
});

it('delivers a delayed message on its second, in between the ticks', async () => {
  const before = await readClock();
  await running.call('/api/open/send', { id: 'delayed', delaySeconds: 100 });
  const after = await readClock();
  await idle();
  expect(await messageTimes('delayed')).toBeUndefined();
  await advance('PT5M');
  const [message] = (await running.items('MESSAGE')).filter((item) => item.sk === 'delayed');
  expect(Number(message?.at)).toBeGreaterThanOrEqual(Date.parse(before.now) + 100_000);
  expect(Number(message?.at)).toBeLessThan(Date.parse(after.now) + 101_000);
});

it('brings a failed message back after its time-out and puts it aside after three attempts', async () => {
  await running.call('/api/open/send', { id: 'bad', fail: true });
  await idle();
  await advance('PT10M');
  expect((await running.items('FAILED')).map((item) => item.sk)).toEqual(['bad#1', 'bad#2', 'bad#3']);
  const queues = await running.call('/local/queues');
  expect(queues).toContainEqual(expect.objectContaining({ deadLetters: true, ready: 1 }));
});

it('hands on the stream records that the filter lets pass, and gets past a poisoned one', async () => {
  await running.call('/api/open/note/first', {});
  await running.call('/api/open/note/other', { kind: 'else' });
  await running.call('/api/open/note/poison', { poison: true });
  await running.call('/api/open/note/second', {});
  await idle();
  expect((await running.items('SEEN')).map((item) => item.sk)).toEqual(['first', 'second']);
});

it('kills a function after its n-th write; the message comes again and everything arrives', async () => {
  await running.call('/local/faults', { killAfterWrites: { function: 'Consumer', writes: 1 } });
  await running.call('/api/open/send', { id: 'killed' });
  await idle();
  expect(await messageTimes('killed')).toBe(2);
  expect((await running.items('SECOND')).map((item) => item.sk)).toContain('killed');
});

it('repeats, splits and crashes while hostile, and still loses nothing', async () => {
  await running.call('/local/faults', { hostile: true, seed: 7 });
  for (let i = 0; i < 40; i++) await running.call('/api/open/send', { id: `hostile-${i}` });
  await idle();
  await running.call('/local/faults', { hostile: false });
  const arrived = (await running.items('MESSAGE')).filter((item) => String(item.sk).startsWith('hostile-'));
  expect(arrived).toHaveLength(40);
  expect(arrived.some((item) => Number(item.times) > 1)).toBe(true);
});

it('serves the app, its moved time in every script, and nothing outside its folder', async () => {
  const page = await fetch(`${running.cloud.appOrigin}/`);
  expect(await page.text()).toContain('fixture');
  const script = await fetch(`${running.cloud.appOrigin}/app.js`);
  expect(await script.text()).toMatch(/__movedTime[\s\S]*export const a = 1/);
  expect((await fetch(`${running.cloud.appOrigin}/..%2f..%2fpackage.json`)).status).toBe(403);
});

it('keeps pages of other origins away from /local', async () => {
  const answer = await fetch(`${running.cloud.appOrigin}/local/clock`, { headers: { origin: 'https://example.com' } });
  expect(answer.status).toBe(403);
});

async function readClock(): Promise<{ now: string }> {
  const answer = await fetch(`${running.cloud.appOrigin}/local/clock`);
  return answer.json();
}

/** The ticks of the minutes that begin in the `minutes` after `from`, whether time was moved over them or ran. */
async function ticksWithin(from: string, minutes: number): Promise<Record<string, unknown>[]> {
  const start = Date.parse(from);
  return (await running.items('TICK')).filter((tick) => {
    const minute = Date.parse(String(tick.sk));
    return minute > start && minute <= start + minutes * 60_000;
  });
}

async function messageTimes(id: string): Promise<unknown> {
  return (await running.items('MESSAGE')).find((item) => item.sk === id)?.times;
}
