import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isRecord, type Json, type JsonRecord, listAt, numberAt, recordAt, textAt, textsAt } from '../json.ts';

/** A request as the door has read it: what both kinds of API make their events of. */
export interface ViewerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names; several values of one name joined by a comma, cookies by a semicolon. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface ViewerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: Buffer | string;
}

export interface RouteContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly routeKey: string;
  readonly now: number;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly authorizer?: JsonRecord;
}

const TEXT = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|[\w.+-]+\+(json|xml)))/;

/** The request's headers, as HTTP APIs pass them on. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ',') : value;
  }
  return headers;
}

/** Payload format 2.0. */
export function httpEvent(request: ViewerRequest, route: RouteContext): JsonRecord {
  const { cookie, ...headers } = request.headers;
  const query = [...new URLSearchParams(request.query)];
  const parameters: Record<string, string> = {};
  for (const [name, value] of query)
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  const text = request.body.length === 0 || TEXT.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      'content-length': String(request.body.length),
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    },
    ...(query.length > 0 && { queryStringParameters: parameters }),
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: { ...route.pathParameters } }),
    requestContext: {
      accountId: route.accountId,
      apiId: route.apiId,
      ...(route.authorizer !== undefined && { authorizer: route.authorizer }),
      domainName: route.domainName,
      domainPrefix: route.apiId,
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: new Date(route.now).toISOString(),
      timeEpoch: route.now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: !text,
  };
}

/** What a function's answer becomes on the wire; an answer without `statusCode` is a body. */
export function httpAnswer(payload: Json): ViewerResponse {
  if (!isRecord(payload) || payload.statusCode === undefined) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = numberAt(payload, 'statusCode');
  if (status === undefined) return plainMessage(500, 'Internal Server Error');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(recordAt(payload, 'headers'))) headers[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(recordAt(payload, 'multiValueHeaders'))) {
    headers[name.toLowerCase()] = listAt(values).map(String).join(',');
  }
  const body = textAt(payload, 'body') ?? '';
  return {
    status,
    headers,
    cookies: textsAt(payload, 'cookies'),
    body: payload.isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}

/** API Gateway's own answers. */
export function plainMessage(status: number, message: string, headers: Record<string, string> = {}): ViewerResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ message }) };
}
