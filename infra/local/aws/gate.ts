import type { RequestContext } from './authorise.ts';
import { authorise } from './authorise.ts';
import { AwsError, WriterKilled } from './aws-error.ts';
import type { Faults } from './faults.ts';
import type { AwsOptions, Denied, Identity } from './types.ts';

/** What a call needs: one action on any one of the resources that AWS would accept the permission on. */
export type Need = { action: string; resources: string[]; context?: RequestContext };

/** Who calls: a function by its role, or the local program itself. */
export type Caller = { identity: Identity; operator: boolean };

/** What stands between a caller and a service: permission, injected faults, the kill after a write. */
export type Gate = {
  caller: Caller;
  allow(service: string, operation: string, needs: Need[], deniedName?: string): void;
  fault(service: string, operation: string, fingerprint: () => string): void;
  wrote(operation: string): void;
};

export type GateKeeper = {
  at(caller: Caller): Gate;
  record(denied: Omit<Denied, 'at'>): void;
  denied(): Denied[];
};

/** The order on AWS: who are you, may you, and only then does the service answer, or fail. */
export function gateKeeper(options: Pick<AwsOptions, 'now' | 'onWrite'>, faults: Faults): GateKeeper {
  const refused: Denied[] = [];
  const record = (denied: Omit<Denied, 'at'>) => {
    refused.push({ at: new Date(options.now()).toISOString(), ...denied });
  };
  const at = (caller: Caller): Gate => ({
    caller,
    allow(service, operation, needs, deniedName = 'AccessDeniedException') {
      if (caller.operator) return;
      for (const need of needs) {
        const decisions = need.resources.map((resource) =>
          authorise(caller.identity.statements, need.action, resource, {
            'aws:SecureTransport': 'true',
            ...need.context,
          }),
        );
        if (!decisions.includes('denied') && decisions.includes('allowed')) continue;
        const { functionName, accessKeyId } = caller.identity;
        const resource = need.resources[0] ?? '*';
        const why = decisions.includes('denied') ? 'denied' : 'no-allow';
        record({ functionName, accessKeyId, service, operation, action: need.action, resource, why });
        throw new AwsError(
          deniedName,
          `User: ${functionName} is not authorized to perform: ${need.action} on resource: ${resource} because ` +
            (why === 'denied'
              ? 'of an explicit deny in an identity-based policy'
              : `no identity-based policy allows the ${need.action} action`),
          deniedStatus(service),
        );
      }
    },
    fault(service, operation, fingerprint) {
      if (!caller.operator) faults.strike(service, operation, fingerprint);
    },
    wrote(operation) {
      if (
        !caller.operator &&
        caller.identity.accessKeyId !== '' &&
        options.onWrite?.(caller.identity, operation) === 'kill'
      )
        throw new WriterKilled(operation);
    },
  });
  return { at, record, denied: () => [...refused] };
}

/** JSON-protocol services refuse with 400, the others with 403. */
function deniedStatus(service: string): number {
  return ['dynamodb', 'kms', 'secretsmanager', 'ssm', 'cognito-idp'].includes(service) ? 400 : 403;
}
