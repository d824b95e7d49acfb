import { createECDH, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { PushSubscriptionInput } from '../../functions/notifications/contract.ts';
import { isPushService } from '../../functions/notifications/push-services.ts';
import { browserPushServices } from '../../infra/push-services.ts';

describe('a device that takes push messages', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://wns2-by3p.notify.windows.com/w/?token=BQ',
    'https://web.push.apple.com/QGx',
    'https://api.push.apple.com/3/device/1',
  ])('may stand at %s', (endpoint) => expect(isPushService(browserPushServices, endpoint)).toBe(true));

  it.each([
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://169.254.169.254/latest/meta-data',
    'https://fcm.googleapis.com@attacker.example/',
    'https://attacker@fcm.googleapis.com/',
    'https://fcm.googleapis.com.attacker.example/',
    'https://notify.windows.com.attacker.example/',
    'https://evilnotify.windows.com/',
    'https://attacker.example/.push.apple.com',
    'https://attacker.example/?https://web.push.apple.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('may not stand at %s', (endpoint) => expect(isPushService(browserPushServices, endpoint)).toBe(false));
});

describe('the keys of a device', () => {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  it.each([
    ['as a browser makes them', { p256dh, auth }, true],
    ['one byte less', { p256dh: p256dh.slice(0, -2), auth }, false],
    ['a compressed point', { p256dh: `A${p256dh.slice(1)}`, auth }, false],
    ['no base64url', { p256dh: p256dh.replace(/^..../, 'B/+='), auth }, false],
    ['a short secret', { p256dh, auth: 'x' }, false],
    ['a long secret', { p256dh, auth: `${auth}AA` }, false],
  ])('%s', (_, keys, right) => {
    const input = { endpoint: 'https://web.push.apple.com/QGx', keys, name: 'Phone' };
    expect(z.safeParse(PushSubscriptionInput, input).success).toBe(right);
  });
});
