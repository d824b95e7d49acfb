import { expect, it } from 'vitest';
import { BrowserSession } from './support/browser-session.ts';
import { LiveSocket } from './support/live-socket.ts';
import { local } from './support/local.ts';

it('says that it lives', async () => {
  expect(await new BrowserSession().get('/api/health')).toMatchObject({ status: 200 });
});

it('describes every route', async () => {
  const { status, body } = await new BrowserSession().get('/api/openapi.json');
  expect([status, Object(body).openapi]).toEqual([200, expect.stringMatching(/^3\.1/)]);
});

it.each(['treatment', 'devices', 'alerts', 'reports', 'identity', 'organisations', 'notifications', 'audit'])(
  'lets nobody at /api/%s without an access token',
  async (context) => {
    expect((await new BrowserSession().get(`/api/${context}/anything`)).status).toBe(401);
    const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' };
    expect((await new BrowserSession().get(`/api/${context}/anything`, forged)).status).toBe(401);
  },
);

it('opens no live connection without a token, or with a forged one', async () => {
  await expect(LiveSocket.open([])).rejects.toThrow();
  await expect(LiveSocket.open(['careconnect', 'forged'])).rejects.toThrow(/refused with 40[13]/);
});

it('lets two hours pass without a failure or a message given up', async () => {
  await local.advance('PT2H');
  // An environment that hostility ends half-way is no failure of ours.
  expect((await local.failures()).filter(({ type }) => type !== 'Runtime.ExitError')).toEqual([]);
  expect(await local.deadLetters()).toEqual([]);
});
