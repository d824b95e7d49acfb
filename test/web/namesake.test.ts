import { describe, expect, it } from 'vitest';
import { sameName, searchOf } from '../../web/src/identity/enrol/namesake.ts';

describe('a namesake', () => {
  it.each([
    ['Asha Lakra', 'asha lakra', true],
    ['  Asha   Lakra ', 'Asha Lakra', true],
    ['आशा लकड़ा', ' आशा  लकड़ा', true],
    // A letter with its mark may come as one sign or as two.
    ['आशा लक\u095cा', 'आशा लक\u0921\u093cा', true],
    ['Asha Lakra', 'Asha Lakda', false],
    ['Asha Lakra', 'Asha', false],
  ])('of %s is %s: %s', (one, other, same) => {
    expect(sameName(one, other)).toBe(same);
  });

  it('is searched by the first word, which finds every spacing of the rest', () => {
    expect(searchOf('  Asha   Lakra ')).toBe('Asha');
  });
});
