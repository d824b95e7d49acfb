import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Actor, Need } from './access.ts';
import { readActor, type Subject } from './access-store.ts';
import { audit } from './audit.ts';
import { authorise } from './authorise.ts';
import { once } from './idempotency.ts';
import { problem } from './problem.ts';
import { Refusal } from './refusal.ts';
import { claimsOf, ifMatchOf, parse, parseBody, type RequestTools, rawBody, requestOf } from './request.ts';
import { requireOpenSession } from './session.ts';
import type { Role } from './shapes.ts';
import { createTools, type Tools } from './tools.ts';

/** Who may call a route. The id is taken from the path; there is no route without one of these. */
export type Access =
  | { readonly who: 'anyone'; readonly because: string }
  | { readonly who: 'signed-in' }
  | { readonly who: 'roles'; readonly roles: readonly Role[] }
  /** Any one of several needs suffices. */
  | { readonly who: Subject['kind']; readonly need: Need | readonly Need[] };

export type ActorTools = RequestTools & { readonly actor: Actor };

type Shape = z.ZodMiniType;
type Parsed<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;

export type Input<B extends Shape | undefined, Q extends Shape | undefined> = {
  /** The `{names}` of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly body: Parsed<B>;
  readonly query: Parsed<Q>;
  /** The version that If-Match names; always there when the route says `ifMatch: 'required'`. */
  readonly version: number;
};

export type Reply<T> = {
  readonly body?: T;
  readonly status?: number;
  readonly version?: number;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

export type RouteDefinition<B extends Shape | undefined, Q extends Shape | undefined, A extends Shape> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Also asks whether the session is still open and, for staff, has passed TOTP: for what must stop at once on a sign-out. */
  readonly sensitive?: true;
  readonly body?: B;
  readonly query?: Q;
  readonly answer: A;
  readonly ifMatch?: 'required';
  /** 'required': the Idempotency-Key header is kept for 24 hours. 'natural': the body carries an id of its own. */
  readonly idempotency?: 'required' | 'natural';
  act(tools: ActorTools, input: Input<B, Q>): Promise<z.output<A> | Reply<z.output<A>>>;
};

export type Route = RouteDefinition<Shape | undefined, Shape | undefined, Shape>;

/** Types one route and forgets its type parameters, so that routes of different shapes stand in one table. */
export function route<
  A extends Shape,
  B extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
>(definition: RouteDefinition<B, Q, A>): Route {
  return definition as unknown as Route;
}

const isReply = Symbol('reply');

export function reply<T>(body: T, more: Omit<Reply<T>, 'body'> = {}): Reply<T> {
  return { ...more, body, [isReply]: true } as Reply<T>;
}
export const noContent: Reply<undefined> = reply(undefined, { status: 204 });
/** The answer shape of a route that answers 204. */
export const Nothing = z.undefined();

/** One Lambda for a context's whole route table: parse → authorise → act → answer. */
export function httpHandler(routes: readonly Route[]) {
  const tools = createTools();
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const started = Date.now();
    const requestId = event.requestContext.requestId;
    let routeName = 'none';
    let answer: APIGatewayProxyStructuredResultV2;
    try {
      const match = findRoute(routes, event);
      routeName = `${match.route.method} ${match.route.path}`;
      answer = await answerRoute(tools, event, match.route, match.path);
    } catch (error) {
      if (!(error instanceof Refusal)) tools.log.fault('request failed', error, { route: routeName, requestId });
      answer = problem(error, event.rawPath, requestId);
    }
    tools.log.info('request', {
      route: routeName,
      requestId,
      status: answer.statusCode ?? 0,
      durationMilliseconds: Date.now() - started,
    });
    return answer;
  });
}

async function answerRoute(tools: Tools, event: APIGatewayProxyEventV2, found: Route, path: Record<string, string>) {
  refuseUnknownOrigin(tools, event);
  const requestTools: RequestTools = { ...tools, tableName: tools.tableName, request: requestOf(event) };
  const actor = found.access.who === 'anyone' ? nobody : await actorOf(requestTools, event);
  const actorTools: ActorTools = { ...requestTools, actor };
  await mayCall(actorTools, found, path);
  if (found.sensitive) await requireOpenSession(tools, actor, actorTools.request.tokenFamily);
  const body = found.body ? parseBody(found.body, event) : undefined;
  const query = found.query ? parse(found.query, event.queryStringParameters ?? {}, '/query') : undefined;
  const version = ifMatchOf(event, found.ifMatch === 'required');
  const act = async () => toResult(found, await found.act(actorTools, { path, body, query, version }));
  if (found.idempotency !== 'required') return await act();
  return await once(
    tools,
    {
      userId: actor.userId,
      route: `${found.method} ${event.rawPath}`,
      key: event.headers['idempotency-key'],
      body: rawBody(event),
    },
    act,
  );
}

const nobody: Actor = {
  userId: 'anonymous',
  roles: [],
  displayName: '',
  language: 'en',
  teams: [],
  organisationIds: [],
  disabled: false,
  tokensValidFromEpochSeconds: 0,
};

/** API Gateway is reachable by itself; only CloudFront knows the secret, so only what passed the firewall is answered. */
function refuseUnknownOrigin(tools: Tools, event: APIGatewayProxyEventV2): void {
  if (event.headers['x-origin-secret'] !== tools.env('ORIGIN_SECRET'))
    throw new Refusal('forbidden', 'wrong-door', 'Use the address of the application.');
}

/** The person behind the access token. API Gateway has verified it; a token from before a sign-out everywhere is refused here. */
async function actorOf(tools: Tools, event: APIGatewayProxyEventV2): Promise<Actor> {
  const claims = claimsOf(event);
  const actor = claims && (await readActor(tools, claims.sub));
  if (!claims || !actor || claims.iat < actor.tokensValidFromEpochSeconds)
    throw new Refusal('unauthenticated', 'signed-out', 'Sign in again.');
  if (actor.disabled) {
    await audit(tools, {
      subjectId: actor.userId,
      actorId: actor.userId,
      action: 'use a disabled account',
      outcome: 'refused',
      why: 'disabled',
    });
    throw new Refusal('unauthenticated', 'account-disabled', 'This account is closed.');
  }
  return actor;
}

async function mayCall(tools: ActorTools, found: Route, path: Record<string, string>): Promise<void> {
  const { access } = found;
  if (access.who === 'anyone' || access.who === 'signed-in') return;
  const action = found.summary.toLowerCase();
  if (access.who === 'roles') {
    if (access.roles.some((role) => tools.actor.roles.includes(role))) return;
    await audit(tools, {
      subjectId: tools.actor.userId,
      actorId: tools.actor.userId,
      action,
      outcome: 'refused',
      why: 'not in this role',
    });
    throw new Refusal('forbidden', 'forbidden', 'You may not do this.');
  }
  const id = path[`${access.who}Id`];
  if (id === undefined) throw new Error(`route ${found.path} names no {${access.who}Id}`);
  await authorise(tools, tools.actor, { kind: access.who, id }, access.need, action);
}

function findRoute(
  routes: readonly Route[],
  event: APIGatewayProxyEventV2,
): { route: Route; path: Record<string, string> } {
  const method = event.requestContext.http.method;
  const allowed: string[] = [];
  for (const candidate of routes) {
    const path = matchPath(candidate.path, event.rawPath);
    if (!path) continue;
    if (candidate.method === method) return { route: candidate, path };
    allowed.push(candidate.method);
  }
  if (allowed.length > 0) {
    const detail = `There is nothing to ${method} here.`;
    throw new Refusal('method-not-allowed', 'method-not-allowed', detail, { extra: { allowed } });
  }
  throw new Refusal('not-found', 'no-such-route', 'There is nothing at this address.');
}

/** `/a/{id}/b` against `/a/1/b`; undefined when it does not match. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const want = template.split('/');
  const have = path.replace(/\/$/, '').split('/');
  if (want.length !== have.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const value = have[index] ?? '';
    if (part.startsWith('{')) {
      if (value === '' || value.length > 200) return undefined;
      found[part.slice(1, -1)] = safeDecode(value);
    } else if (part !== value) return undefined;
  }
  return found;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal('invalid', 'invalid', 'The address is not well formed.');
  }
}

function toResult(found: Route, outcome: unknown): APIGatewayProxyStructuredResultV2 {
  const full: Reply<unknown> = isFull(outcome) ? outcome : { body: outcome };
  const headers: Record<string, string> = { 'cache-control': 'no-store', ...full.headers };
  if (full.version !== undefined) headers.etag = `"${full.version}"`;
  const cookies = full.cookies ? { cookies: [...full.cookies] } : {};
  if (full.body === undefined) return { statusCode: full.status ?? 204, headers, ...cookies };
  const body = JSON.stringify(z.parse(found.answer, full.body));
  return {
    statusCode: full.status ?? (found.method === 'POST' ? 201 : 200),
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...cookies,
  };
}

function isFull(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && isReply in value;
}
