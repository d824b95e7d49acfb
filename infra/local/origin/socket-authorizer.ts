import type { Invocation } from '../compute/environment.ts';
import { type JsonRecord, listAt, recordAt, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { integrationFunction } from './http-api.ts';
import { authorizerEvent, methodArn, type SocketFacts, type SocketPlace } from './socket-events.ts';

export type SocketVerdict =
  | { readonly allowed: true; readonly authorizer: JsonRecord }
  | { readonly allowed: false; readonly status: 401 | 403 | 500 };

/** A WebSocket API's REQUEST authorizer: asks its function, and reads the policy that comes back. */
export class SocketAuthorizer {
  readonly #functionName: string;
  readonly #identitySources: string[];
  readonly #invoke: (functionName: string, event: unknown) => Promise<Invocation>;

  constructor(
    resource: Resource,
    deployment: Deployment,
    invoke: (name: string, event: unknown) => Promise<Invocation>,
  ) {
    this.#functionName = integrationFunction(resource, deployment, 'AuthorizerUri');
    this.#identitySources = textsAt(resource.properties(), 'IdentitySource');
    this.#invoke = invoke;
  }

  async decide(facts: SocketFacts, place: SocketPlace, now: number): Promise<SocketVerdict> {
    if (!this.#identitySources.every((source) => hasSource(source, facts))) return { allowed: false, status: 401 };
    const answer = await this.#invoke(this.#functionName, authorizerEvent(facts, place, now));
    if (answer.error?.message === 'Unauthorized') return { allowed: false, status: 401 };
    if (answer.error !== undefined) return { allowed: false, status: 500 };
    const principalId = textAt(answer.payload, 'principalId');
    if (principalId === undefined) return { allowed: false, status: 500 };
    if (!allows(recordAt(answer.payload, 'policyDocument'), methodArn(place, '$connect'))) {
      return { allowed: false, status: 403 };
    }
    return { allowed: true, authorizer: { principalId, ...recordAt(answer.payload, 'context') } };
  }
}

function hasSource(source: string, facts: SocketFacts): boolean {
  const [, , kind, name = ''] = source.split('.');
  if (kind === 'header')
    return Object.keys(facts.headers).some((header) => header.toLowerCase() === name.toLowerCase());
  if (kind === 'querystring') return (new URLSearchParams(facts.query).get(name) ?? '') !== '';
  return true;
}

function allows(policy: JsonRecord, arn: string): boolean {
  const applying = listAt(policy, 'Statement').filter((statement) => {
    const actions = textsAt(statement, 'Action');
    const resources = textsAt(statement, 'Resource');
    return (
      actions.some((action) => like(action, 'execute-api:Invoke')) && resources.some((resource) => like(resource, arn))
    );
  });
  const effects = applying.map((statement) => textAt(statement, 'Effect'));
  return effects.includes('Allow') && !effects.includes('Deny');
}

function like(pattern: string, value: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(value);
}
