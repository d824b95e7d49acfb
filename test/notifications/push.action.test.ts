import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotSent, providers } from '../../functions/notifications/post.ts';
import { masked } from '../../functions/notifications/topic-subscription.ts';
import { deviceId, vapidKeys } from '../../functions/notifications/vapid.ts';

const keys = vapidKeys('a secret of sixty-four characters, as the template generates it.');
let status: number;
let got: { headers: IncomingMessage['headers']; body: Buffer }[];
let endpoint: string;
let stop: () => void;

beforeEach(async () => {
  status = 201;
  got = [];
  process.env.SES_FROM = 'care@example.org';
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks) });
      answer.writeHead(status, { location: '/message/1' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  endpoint = `http://127.0.0.1:${address.port}/push/1`;
  process.env.PUSH_SERVICES = `https://web.push.apple.com ${new URL(endpoint).origin} http://127.0.0.1:1`;
  stop = () => server.close();
});
afterEach(() => stop());

function aDevice() {
  const browser = createECDH('prime256v1');
  const p256dh = browser.generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  return {
    subscriptionId: deviceId(endpoint),
    name: 'Phone',
    endpoint,
    p256dh,
    auth,
    addedAt: '2026-11-30T04:10:00.000Z',
  };
}

const message = { title: 'Please call', text: 'GUM-0388-2: please call by 13:40.', tag: 'alt_1.opened', path: '/' };
const post = providers(async () => keys);

describe('Web Push', () => {
  it('sends what only the browser can read, signed with our key', async () => {
    await post.push(aDevice(), message);
    expect(got).toHaveLength(1);
    expect(got[0]?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '86400' });
    expect(got[0]?.headers.authorization).toMatch(/^vapid t=.+, k=/);
    expect(got[0]?.headers.authorization).toContain(keys.publicKey);
    expect(got[0]?.body.toString('latin1')).not.toContain('GUM-0388-2');
  });

  it.each([
    [410, true, 'device-gone'],
    [404, true, 'device-gone'],
    [429, false, 'push-429'],
    [503, false, 'push-503'],
  ])('on %i says whether it would fail again', async (answered, permanent, why) => {
    status = answered;
    const failed = await post.push(aDevice(), message).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NotSent);
    expect(failed).toMatchObject({ permanent, why });
  });

  it.each([
    ['an address that is no push service’s', { endpoint: 'http://127.0.0.1:9001/runtime' }, 'device-gone'],
    ['a key that is no point of the curve', { p256dh: `B${'A'.repeat(86)}` }, 'device-keys'],
  ])('asks nobody at %s, for good', async (_, wrong, why) => {
    await expect(post.push({ ...aDevice(), ...wrong }, message)).rejects.toMatchObject({ permanent: true, why });
    expect(got).toEqual([]);
  });

  it('follows a service nowhere else', async () => {
    status = 302;
    await expect(post.push(aDevice(), message)).rejects.toBeInstanceOf(NotSent);
    expect(got).toHaveLength(1);
  });

  it('tries again when the service is not reached', async () => {
    const device = aDevice();
    stop();
    const away = { ...device, endpoint: 'http://127.0.0.1:1/push' };
    await expect(post.push(away, message)).rejects.toMatchObject({ permanent: false });
  });
});

describe('the key pair of Web Push', () => {
  it('follows from the one secret, so that nothing else has to be kept', () => {
    expect(vapidKeys('one')).toEqual(vapidKeys('one'));
    expect(vapidKeys('one')).not.toEqual(vapidKeys('two'));
    expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
    expect(Buffer.from(keys.privateKey, 'base64url')).toHaveLength(32);
  });
});

it.each([
  ['meera@example.org', 'm…@example.org'],
  ['+919431180001', '…0001'],
])('shows only the ends of %s', (endpoint, shown) => {
  expect(masked(endpoint)).toBe(shown);
});
