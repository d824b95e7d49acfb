import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter, isIssuable, medicalCode, readMedicalCode } from '../../functions/identity/medical-code.ts';

const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const prefix = fc
  .tuple(...[0, 1, 2].map(() => fc.constantFrom(...alphabet.slice(10))))
  .map((letters) => letters.join(''));
const issued = fc
  .tuple(prefix, fc.integer({ min: 1, max: 9_999_999 }))
  .filter(([facility, number]) => isIssuable(facility, number))
  .map(([facility, number]) => medicalCode(facility, number).replaceAll('-', ''));

describe('medical codes', () => {
  it('has the check character of ISO 7064 MOD 37,36', () => {
    // The standard's own worked example (also used by the GRid identifier).
    expect(checkCharacter('A12425GABC1234002')).toBe('M');
  });

  it('is read however people type it', () => {
    const code = medicalCode('GUM', 388);
    expect(readMedicalCode(code.toLowerCase().replaceAll('-', ' '))).toBe(code);
    expect(readMedicalCode(code.replaceAll('-', ''))).toBe(code);
  });

  it('finds any one wrong character', () => {
    fc.assert(
      fc.property(issued, fc.nat(), fc.constantFrom(...alphabet), (code, position, other) => {
        const at = position % code.length;
        fc.pre(code.charAt(at) !== other);
        expect(readMedicalCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('finds any swap of neighbours', () => {
    fc.assert(
      fc.property(issued, fc.nat(), (code, position) => {
        const at = position % (code.length - 1);
        fc.pre(code.charAt(at) !== code.charAt(at + 1));
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        expect(readMedicalCode(swapped)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('skips few numbers', () => {
    const numbers = Array.from({ length: 5_000 }, (_, index) => index + 1);
    const skipped = numbers.filter((number) => !isIssuable('GUM', number));
    expect(skipped.length).toBeLessThan(150);
  });
});
