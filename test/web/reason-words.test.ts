import { describe, expect, it } from 'vitest';
import { QuarantineReason } from '../../functions/devices/contract.ts';
import {
  NotSentReason,
  notSentReason,
  UndeliveredReason,
  undeliveredReason,
} from '../../functions/notifications/why-undelivered.ts';
import { InterruptionRuleId } from '../../functions/treatment/contract.ts';
import { interruptionRules } from '../../functions/treatment/interruption.ts';
import { words as english } from '../../web/src/text/en/admin.ts';
import { words as work } from '../../web/src/text/en/work.ts';
import { words as hindi } from '../../web/src/text/hi/admin.ts';
import { words as workHindi } from '../../web/src/text/hi/work.ts';

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

describe('why a message to a patient did not go', () => {
  it.each(NotSentReason.options.map((reason) => `sent.why.${reason}`))('has words for staff: %s', (key) => {
    expect(new Map(Object.entries(work)).get(key)).toMatch(/[a-z]{3}/);
    expect(new Map(Object.entries(workHindi)).get(key)).toMatch(/[ऀ-ॿ]{2}/);
  });

  it.each([
    ['dropped', 'no-channel', 'nowhere'],
    ['undelivered', 'no-channel', 'refused'],
    ['dropped', 'no device', 'nowhere'],
    ['dropped', 'device-gone', 'device'],
    ['dropped', 'InvalidParameterException', 'refused'],
    ['undelivered', 'push-503', 'push-service'],
    ['undelivered', 'ThrottlingException', 'sender'],
    ['sent', undefined, undefined],
    ['sending', 'ThrottlingException', undefined],
  ])('%s with the word %s is %s', (state, why, reason) => {
    expect(notSentReason(state, why)).toBe(reason);
  });
});

describe('advice about a gap in treatment', () => {
  it.each(interruptionRules.map(({ id, advice }) => [id, advice] as const))(
    'says in English what the rule says, and has Hindi: %s',
    (id, advice) => {
      expect(work[`gap.${id}`]).toBe(advice);
      expect(workHindi[`gap.${id}`]).toMatch(/[ऀ-ॿ]{2}/);
    },
  );

  it('has one rule for each id', () => {
    expect(new Set(interruptionRules.map(({ id }) => id))).toEqual(new Set(InterruptionRuleId.options));
  });
});
