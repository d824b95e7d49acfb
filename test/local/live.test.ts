import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Running, runFixture } from './fixture/running.ts';

let running: Running;
beforeAll(async () => {
  running = await runFixture('2026-11-30T04:10:00.000Z');
});
afterAll(() => running.stop());

it('lets in whom the authorizer lets in, and answers with the protocol that the function chose', async () => {
  const socket = await open('nurse');
  expect(socket.protocol).toBe('nurse');
  await running.cloud.idle();
  const sockets = await running.items('SOCKET');
  expect(sockets).toEqual([expect.objectContaining({ sk: expect.stringMatching(/^\$connect#/), userId: 'nurse' })]);
  socket.close();
});

it.each([
  ['wrong', 401],
  ['stranger', 403],
])('refuses %s with %i', async (token, status) => {
  await expect(open(token)).rejects.toThrow(`${status}`);
});

it('refuses at once when the identity source is missing', async () => {
  const socket = new WebSocket(address());
  await expect(opened(socket)).rejects.toThrow('401');
});

it('posts to a connection and hears its messages', async () => {
  const socket = await open('nurse');
  const heard = new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));
  socket.send('{"action":"hello"}');
  expect(await heard).toBe('heard {"action":"hello"}');
  socket.close();
});

it('closes a connection that has been silent for ten minutes of moved time, and says so to the function', async () => {
  const socket = await open('silent');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await running.call('/local/clock', { advance: 'PT9M' });
  expect(socket.readyState).toBe(WebSocket.OPEN);
  await running.call('/local/clock', { advance: 'PT2M' });
  expect(await closed).toBe(1001);
  const keys = (await running.items('SOCKET'))
    .filter((item) => item.userId === 'silent')
    .map((item) => String(item.sk));
  expect(keys.some((key) => key.startsWith('$disconnect#'))).toBe(true);
});

it('closes on a frame above 32 KB', async () => {
  const socket = await open('loud');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send('x'.repeat(33 * 1024));
  expect(await closed).toBe(1009);
});

function address(): string {
  return `${running.cloud.appOrigin.replace('http', 'ws')}/ws`;
}

function open(token: string): Promise<WebSocket> {
  return opened(new WebSocket(address(), [token]));
}

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))));
    socket.on('error', reject);
  });
}
