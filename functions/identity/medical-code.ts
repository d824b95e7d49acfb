/** ISO/IEC 7064 MOD 37,36: digits and letters, one check character. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const modulus = alphabet.length;

/** The check character of a body of digits and capital letters. */
export function checkCharacter(body: string): string {
  let product = modulus;
  for (const character of body) {
    const sum = (numberOf(character) + product) % modulus || modulus;
    product = (sum * 2) % (modulus + 1);
  }
  return alphabet.charAt((modulus + 1 - product) % modulus);
}

/** The code of the `number`th patient of a facility: `GUM-0388-2`. */
export function medicalCode(prefix: string, number: number): string {
  const digits = String(number).padStart(4, '0');
  return `${prefix}-${digits}-${checkCharacter(prefix + digits)}`;
}

/**
 * Whether a number may be given out. MOD 37,36 finds every wrong character but lets about three swaps of neighbours in a
 * thousand pass; numbers whose code has such a swap are skipped, so that every swap is found too.
 */
export function isIssuable(prefix: string, number: number): boolean {
  const code = plain(medicalCode(prefix, number));
  for (let at = 0; at + 1 < code.length; at++) {
    const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
    if (swapped !== code && readMedicalCode(swapped) !== undefined) return false;
  }
  return true;
}

/** Reads a code as people type it (lower case, spaces, no hyphens); undefined when it cannot be one. */
export function readMedicalCode(typed: string): string | undefined {
  const code = plain(typed);
  const parts = /^([A-Z]{3})(\d{4,7})([0-9A-Z])$/.exec(code);
  if (!parts) return undefined;
  const [, prefix = '', digits = '', check = ''] = parts;
  return checkCharacter(prefix + digits) === check ? `${prefix}-${digits}-${check}` : undefined;
}

const plain = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '');

function numberOf(character: string): number {
  const value = alphabet.indexOf(character);
  if (value < 0) throw new Error('a code body holds digits and capital letters only');
  return value;
}
