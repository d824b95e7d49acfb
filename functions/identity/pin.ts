import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { keyFrom } from './seal.ts';

/** 2^14 · 8 · 1: about 40 ms on our Lambda; with the pepper below a stolen table alone gives no PIN away. */
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

export type PinHash = { readonly salt: string; readonly hash: string };

/** Six digits are few: they are mixed with a key of the client's secret before they are hashed. */
export async function hashPin(secret: string, pin: string): Promise<PinHash> {
  const salt = randomBytes(16).toString('base64url');
  return { salt, hash: (await derive(secret, pin, salt)).toString('base64url') };
}

export async function isPin(secret: string, pin: string, kept: PinHash): Promise<boolean> {
  const [given, wanted] = [await derive(secret, pin, kept.salt), Buffer.from(kept.hash, 'base64url')];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Refused as a shift PIN: one digit repeated, or a run. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin.charAt(index))));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 9);
}

async function derive(secret: string, pin: string, salt: string): Promise<Buffer> {
  const peppered = createHmac('sha256', keyFrom(secret, 'pin')).update(pin).digest();
  return await new Promise((done, fail) => {
    scrypt(peppered, salt, 32, cost, (error, key) => (error ? fail(error) : done(key)));
  });
}
