import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';
import type { Pool, User } from './directory.ts';

/** Refuses what the pool's policy does not accept; the words are Cognito's. */
export function checkPolicy(pool: Pool, password: string): void {
  const policy = pool.definition.passwordPolicy ?? {};
  const refuse = (reason: string) =>
    new AwsError('InvalidPasswordException', `Password did not conform with policy: ${reason}`);
  if (password.length < (policy.MinimumLength ?? 8)) throw refuse('Password not long enough');
  if (password !== password.trim()) throw refuse('Password must not begin or end with a space');
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) throw refuse('Password must have uppercase characters');
  if (policy.RequireLowercase && !/[a-z]/.test(password)) throw refuse('Password must have lowercase characters');
  if (policy.RequireNumbers && !/\d/.test(password)) throw refuse('Password must have numeric characters');
  if (policy.RequireSymbols && !/[^A-Za-z0-9]/.test(password)) throw refuse('Password must have symbol characters');
}

type Attempts = { failures: number; lockedUntil: number; lastAt: number };
export type Lockout = {
  /** Refuses while the user is locked out. */
  check(pool: Pool, username: string): void;
  failed(pool: Pool, username: string): void;
  succeeded(pool: Pool, username: string): void;
};

const freeAttempts = 5;
const longestMilliseconds = 15 * 60_000;

/**
 * Five wrong passwords lock for a second, each further one for twice as long, up to 15 minutes; 15 quiet minutes or a
 * right password begin anew. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
 */
export function lockoutBook(options: Pick<AwsOptions, 'now'>): Lockout {
  const book = new Map<string, Attempts>();
  const key = (pool: Pool, username: string) => `${pool.definition.id}/${username}`;
  return {
    check(pool, username) {
      if ((book.get(key(pool, username))?.lockedUntil ?? 0) > options.now())
        throw new AwsError('NotAuthorizedException', 'Password attempts exceeded');
    },
    failed(pool, username) {
      const before = book.get(key(pool, username));
      const fresh = !before || options.now() - before.lastAt > longestMilliseconds;
      const failures = (fresh ? 0 : before.failures) + 1;
      const over = failures - freeAttempts;
      const lockedUntil = over < 0 ? 0 : options.now() + Math.min(1000 * 2 ** over, longestMilliseconds);
      book.set(key(pool, username), { failures, lockedUntil, lastAt: options.now() });
    },
    succeeded: (pool, username) => void book.delete(key(pool, username)),
  };
}

/** A password that an administrator set lasts only so long. */
export function temporaryPasswordExpired(pool: Pool, user: User, now: number): boolean {
  const days = pool.definition.passwordPolicy?.TemporaryPasswordValidityDays ?? 7;
  return user.UserLastModifiedDate.getTime() + days * 86_400_000 < now;
}
