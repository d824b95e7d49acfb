import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../shared/events.ts';
import { epochMilliseconds, type Instant } from '../shared/time.ts';

/** A session of the user pool, the longest that hides behind a seal, fits into one. */
const sealedBlock = 4096;
const Sealed = z.object({ purpose: z.string(), until: z.number(), data: z.unknown() });

/**
 * Closes what the next step of a sign-in needs (a pool session, tokens that are not to be handed out yet) so that the
 * browser can carry it without reading or changing it. AES-256-GCM under a key of the client's secret; the table keeps none.
 */
export function seal(secret: string, purpose: string, until: Instant, data: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret, 'sign-in state'), nonce);
  const plain = padded(JSON.stringify({ purpose, until: epochMilliseconds(until), data }));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Spaces after JSON mean nothing; the length must not tell whether there is an account behind it. */
function padded(json: string): Buffer {
  const plain = Buffer.from(json);
  const missing = (sealedBlock - (plain.length % sealedBlock)) % sealedBlock;
  return Buffer.concat([plain, Buffer.alloc(missing, ' ')]);
}

/** What was sealed for this purpose; undefined when it was not us, not for this, or too long ago. */
export function unseal<T extends z.ZodMiniType>(
  secret: string,
  purpose: string,
  now: Instant,
  sealed: string,
  shape: T,
): z.output<T> | undefined {
  const opened = z.safeParse(Sealed, jsonOrUndefined(open(keyFrom(secret, 'sign-in state'), sealed)));
  if (!opened.success || opened.data.purpose !== purpose || opened.data.until <= epochMilliseconds(now))
    return undefined;
  const data = z.safeParse(shape, opened.data.data);
  return data.success ? data.data : undefined;
}

function open(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 29) return '';
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
  } catch {
    return '';
  }
}

/** A pseudonym of what may not stand in a key: a phone number, an e-mail, an address. Useless without the secret. */
export function pseudonym(secret: string, value: string): string {
  return createHmac('sha256', keyFrom(secret, 'pseudonym')).update(value).digest('base64url').slice(0, 27);
}

export function keyFrom(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'careconnect', use, 32));
}
