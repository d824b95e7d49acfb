import { describe, expect, it } from 'vitest';
import { phoneAloud, phoneOf } from '../../web/src/identity/phone.ts';

describe('a phone number as people type it', () => {
  it.each([
    ['94311 80222', '+919431180222'],
    ['094311-80222', '+919431180222'],
    ['+44 20 7946 0018', '+442079460018'],
    ['(943) 118.0222', '+919431180222'],
  ])('%s is %s', (typed, expected) => {
    expect(phoneOf(typed)).toBe(expected);
  });

  it.each(['', '12', 'Meera', '+0123456789', '9431180222943118022294'])('%s is not a number', (typed) => {
    expect(phoneOf(typed)).toBeUndefined();
  });

  it('is shown in the groups in which it is read aloud', () => {
    expect(phoneAloud('+919431180222')).toBe('+91 94311 80222');
    expect(phoneAloud('+442079460018')).toBe('+442079460018');
  });
});
