import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An opaque id that sorts by time: `<prefix>_<9 characters of milliseconds><12 random>`, Crockford's base 32.
 * Opaque ids are the only thing that may stand in a key, a topic, a URL or a log line.
 */
export function sortableId(prefix: string, epochMilliseconds: number): string {
  let time = '';
  for (let rest = epochMilliseconds, i = 0; i < 9; i++, rest = Math.floor(rest / 32))
    time = alphabet.charAt(rest % 32) + time;
  let tail = '';
  for (const byte of randomBytes(12)) tail += alphabet.charAt(byte & 31);
  return `${prefix}_${time}${tail}`;
}
