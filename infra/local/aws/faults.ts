import { createHash } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { Fault } from './types.ts';

export type Faults = {
  set(fault: Fault): void;
  clear(): void;
  pending(): Fault[];
  /** Throws when a fault is due for this call. */
  strike(service: string, operation: string, fingerprint: () => string): void;
};

/** Makes calls fail the way AWS makes them fail: with an error that clients retry. */
export function faultBook(): Faults {
  let armed: (Fault & { struck: Map<string, number> })[] = [];
  return {
    set: (fault) => void armed.push({ ...fault, struck: new Map() }),
    clear: () => {
      armed = [];
    },
    pending: () => armed.map(({ struck: _, ...fault }) => fault),
    strike(service, operation, fingerprint) {
      const fault = armed.find(
        (one) => one.service === service && (one.operation === undefined || one.operation === operation),
      );
      if (!fault) return;
      if (fault.per === 'request') {
        const request = createHash('sha1').update(`${operation}\n${fingerprint()}`).digest('base64');
        const struck = fault.struck.get(request) ?? 0;
        if (struck >= fault.times) return;
        fault.struck.set(request, struck + 1);
      } else {
        fault.times -= 1;
        if (fault.times <= 0) armed = armed.filter((one) => one !== fault);
      }
      throw injected(fault.error);
    },
  };
}

function injected(error: string): AwsError {
  const status = /Internal|ServiceUnavailable|ServiceFailure/.test(error) ? 500 : /SlowDown/.test(error) ? 503 : 400;
  return new AwsError(error, `${error}: injected by the local cloud`, status);
}
