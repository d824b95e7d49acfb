import { randomBytes } from 'node:crypto';
import type { Caller } from './gate.ts';
import type { Credentials, Identity } from './types.ts';

export type Known = { caller: Caller; secretAccessKey: string };
export type Identities = {
  register(identity: Identity): Credentials;
  /** Its environment has ended: it may not call any more, but what it presigned stays good until it expires. */
  forget(accessKeyId: string): void;
  find(accessKeyId: string, presigned: boolean): Known | undefined;
  operator: Credentials;
};

/** Who may call: each running function under its own key, and the local program under one that nobody else is given. */
export function identityBook(): Identities {
  const known = new Map<string, Known>();
  const ended = new Set<string>();
  const add = (caller: Caller): Credentials => {
    const { accessKeyId } = caller.identity;
    const secretAccessKey = known.get(accessKeyId)?.secretAccessKey ?? randomBytes(20).toString('hex');
    known.set(accessKeyId, { caller, secretAccessKey });
    return { accessKeyId, secretAccessKey };
  };
  const accessKeyId = `OP${randomBytes(9).toString('hex').toUpperCase()}`;
  const operator = add({ identity: { functionName: 'operator', accessKeyId, statements: [] }, operator: true });
  return {
    operator,
    register: (identity) => add({ identity, operator: false }),
    forget: (key) => void ended.add(key),
    find: (key, presigned) => (presigned || !ended.has(key) ? known.get(key) : undefined),
  };
}

/** Somebody without a key: may call only what AWS leaves unsigned (sign-up, sign-in, a confirmation link). */
export const anonymous: Caller = {
  identity: { functionName: 'anonymous', accessKeyId: '', statements: [] },
  operator: false,
};
