import { Refusal } from '../shared/refusal.ts';

/** The same for an unknown account, a wrong password and a closed account: nobody learns who has one. */
export function wrongCredentials(): Refusal {
  return new Refusal('unauthenticated', 'wrong-credentials', 'That name and password do not fit.');
}

/** `state` goes on: the next try is made with it. Without one the old state still holds. */
export function wrongCode(state?: string): Refusal {
  return new Refusal('unauthenticated', 'wrong-code', 'That code does not fit.', { extra: state ? { state } : {} });
}

export function stateExpired(): Refusal {
  return new Refusal('unauthenticated', 'state-expired', 'That took too long. Start again.');
}

export function signedOut(): Refusal {
  return new Refusal('unauthenticated', 'signed-out', 'Sign in again.');
}
