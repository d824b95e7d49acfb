import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';

export type CustomStep = { challengeName: string; challengeResult: boolean; challengeMetadata?: string };
export type ChallengeSession = {
  clientId: string;
  username: string;
  challenge: string;
  failures: number;
  expiresAt: number;
  /** CUSTOM_CHALLENGE: the steps so far and what only the trigger may know. */
  steps?: CustomStep[];
  secretParameters?: Record<string, string>;
  challengeMetadata?: string;
  /** MFA_SETUP: the secret that waits for its first code. */
  totpSecret?: string;
  totpVerified?: boolean;
};

export type Sessions = {
  open(session: Omit<ChallengeSession, 'failures' | 'expiresAt'>): string;
  /** The session of a token, when it is for this challenge and not over. */
  get(token: string | undefined, challenge: string): ChallengeSession;
  close(token: string): void;
};

const lifetimeMilliseconds = 3 * 60_000;
const attempts = 5;

/** Sign-ins in progress; each waits three minutes for its next answer. */
export function sessionBook(options: Pick<AwsOptions, 'now'>): Sessions {
  const open = new Map<string, ChallengeSession>();
  return {
    open(session) {
      const token = randomBytes(64).toString('base64url');
      open.set(token, { ...session, failures: 0, expiresAt: options.now() + lifetimeMilliseconds });
      return token;
    },
    get(token = '', challenge) {
      const session = open.get(token);
      if (
        !session ||
        session.expiresAt <= options.now() ||
        session.challenge !== challenge ||
        session.failures >= attempts
      )
        throw new AwsError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
      return session;
    },
    close: (token) => void open.delete(token),
  };
}
