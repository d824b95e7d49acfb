import { describe, expect, it } from 'vitest';
import { QuarantineReason } from '../../functions/devices/contract.ts';
import { UndeliveredReason, undeliveredReason } from '../../functions/notifications/why-undelivered.ts';
import { words as english } from '../../web/src/text/en/admin.ts';
import { words as hindi } from '../../web/src/text/hi/admin.ts';

const keys = [
  ...QuarantineReason.options.flatMap((reason) => [`quarantine.reason.${reason}`, `quarantine.says.${reason}`]),
  ...UndeliveredReason.options.map((reason) => `home.why.${reason}`),
];

describe('a reason that the server gives an administrator', () => {
  it.each(keys)('has words in English and Hindi: %s', (key) => {
    expect(new Map(Object.entries(english)).get(key)).toMatch(/[a-z]{3}/);
    expect(new Map(Object.entries(hindi)).get(key)).toMatch(/[ऀ-ॿ]{2}/);
  });

  it.each([
    ['no-channel', 'refused'],
    ['push-keys', 'push-keys'],
    ['push-unreached', 'push-service'],
    ['push-503', 'push-service'],
    ['ThrottlingException', 'sender'],
    ['unknown', 'sender'],
    [undefined, 'sender'],
  ])('for the word %s of the delivery log is %s', (why, reason) => {
    expect(undeliveredReason(why)).toBe(reason);
  });
});
