import { createHmac } from 'node:crypto';
import type { Account } from './people.ts';

/** Demo accounts, with the six digits that an authenticator app would show now. */
export function accountsView(accounts: readonly Account[], now: number, role: string | null) {
  return accounts
    .filter((account) => role === null || account.role === role)
    .map((account) => ({
      ...account,
      ...(account.totpSecret !== undefined && { totpCode: totpCode(account.totpSecret, now) }),
    }));
}

/** RFC 6238 with SHA-1, 30 seconds, six digits; the secret is Base32. */
export function totpCode(secret: string, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const start = (digest.at(-1) ?? 0) & 0x0f;
  const number = digest.readUInt32BE(start) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const character of text.toUpperCase().replace(/=+$/, ''))
    bits += alphabet.indexOf(character).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
