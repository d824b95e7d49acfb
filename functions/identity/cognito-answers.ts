import type { AdminGetUserCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import { Refusal } from '../shared/refusal.ts';
import type { PoolAccount, PoolAnswer } from './user-pool.ts';

const wrong = [
  'NotAuthorizedException',
  'UserNotFoundException',
  'CodeMismatchException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'UserLambdaValidationException',
];
const over = ['ExpiredCodeException', 'InvalidParameterException'];

/** Cognito's refusals of a sign-in as values. It says the same for an unknown account and a wrong password; so do we. */
export async function refusedOr(ask: () => Promise<PoolAnswer>): Promise<PoolAnswer> {
  try {
    return await ask();
  } catch (error) {
    const name = nameOf(error);
    if (name === 'NotAuthorizedException' && /session/i.test(messageOf(error))) return { kind: 'refused', why: 'over' };
    if (wrong.includes(name)) return { kind: 'refused', why: 'wrong' };
    if (over.includes(name)) return { kind: 'refused', why: 'over' };
    if (name === 'InvalidPasswordException') throw weakPassword();
    if (
      name === 'TooManyRequestsException' ||
      name === 'LimitExceededException' ||
      name === 'TooManyFailedAttemptsException'
    )
      throw new Refusal('too-many', 'too-many-tries', 'Too many tries. Wait a while.', { retryAfterSeconds: 60 });
    throw error;
  }
}

export function weakPassword(): Refusal {
  return new Refusal('invalid', 'weak-password', 'Choose a longer password.', {
    errors: [{ pointer: '/password', detail: 'At least 12 characters.' }],
  });
}

/** Undefined when the call is refused with one of these names. */
export async function undefinedWhen<T>(names: readonly string[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (names.includes(nameOf(error))) return undefined;
    throw error;
  }
}

export function poolAccountOf(answer: AdminGetUserCommandOutput): PoolAccount {
  const attribute = (name: string) => answer.UserAttributes?.find((each) => each.Name === name)?.Value;
  const userId = attribute('sub');
  if (!userId || !answer.Username) throw new Error('the user pool gave an account without a sub');
  const email = attribute('email');
  const phone = attribute('phone_number');
  return {
    userId,
    username: answer.Username,
    ...(email && attribute('email_verified') === 'true' && { email }),
    ...(phone && attribute('phone_number_verified') === 'true' && { phone }),
    enabled: answer.Enabled ?? true,
    invited: answer.UserStatus === 'FORCE_CHANGE_PASSWORD',
  };
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : '');
