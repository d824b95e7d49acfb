import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/**
 * The pool's own challenge for a sign-in by phone, as three pure answers to Cognito's triggers. Its state travels in
 * Cognito's session (`challengeMetadata`), never to the browser and never to our table.
 */
export const codeSeconds = 300;
const mostTries = 3;

export type Attempt = {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string | undefined;
};
export type Kept = { readonly salt: string; readonly hash: string; readonly until: number };

/** What comes next: a code, tokens, or the end. Whoever answers anything else than our challenge gets nothing. */
export function nextStep(attempts: readonly Attempt[]): 'ask' | 'tokens' | 'end' {
  if (attempts.some((attempt) => attempt.challengeName !== 'CUSTOM_CHALLENGE')) return 'end';
  if (attempts.at(-1)?.challengeResult) return 'tokens';
  return attempts.length >= mostTries ? 'end' : 'ask';
}

/** The code that was sent in this session, if one was. */
export function keptOf(attempts: readonly Attempt[]): Kept | undefined {
  const [salt, hash, until] = attempts.at(-1)?.challengeMetadata?.split('.') ?? [];
  return salt && hash && until ? { salt, hash, until: Number(until) } : undefined;
}

export function metadataOf({ salt, hash, until }: Kept): string {
  return `${salt}.${hash}.${until}`;
}

export function newCode(nowEpochMilliseconds: number): { readonly code: string; readonly kept: Kept } {
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const salt = randomInt(0, 2 ** 47).toString(36);
  return { code, kept: { salt, hash: hashOf(salt, code), until: nowEpochMilliseconds + codeSeconds * 1000 } };
}

export function isCode(kept: Kept, code: string, nowEpochMilliseconds: number): boolean {
  const [given, wanted] = [Buffer.from(hashOf(kept.salt, code)), Buffer.from(kept.hash)];
  return nowEpochMilliseconds < kept.until && given.length === wanted.length && timingSafeEqual(given, wanted);
}

function hashOf(salt: string, code: string): string {
  return createHash('sha256').update(`${salt}:${code}`).digest('base64url');
}
