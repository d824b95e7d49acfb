import { randomUUID } from 'node:crypto';
import type { JsonRecord } from '../json.ts';

/** What a WebSocket connection is known by. */
export interface SocketFacts {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export interface SocketPlace {
  readonly apiId: string;
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
}

export type SocketEventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** The event of a `$connect` request authorizer. */
export function authorizerEvent(facts: SocketFacts, place: SocketPlace, now: number): JsonRecord {
  return {
    type: 'REQUEST',
    methodArn: methodArn(place, '$connect'),
    ...handshake(facts),
    stageVariables: {},
    requestContext: requestContext(facts, place, { now, routeKey: '$connect', eventType: 'CONNECT' }),
  };
}

/** The event of an integration: `$connect` carries the handshake, a message its body. */
export function socketEvent(
  facts: SocketFacts,
  place: SocketPlace,
  route: {
    routeKey: string;
    eventType: SocketEventType;
    now: number;
    authorizer: JsonRecord | undefined;
    body?: string;
    close?: { code: number; reason: string };
  },
): JsonRecord {
  const context = requestContext(facts, place, route);
  const message = route.eventType === 'MESSAGE';
  return {
    ...(route.eventType === 'CONNECT' && handshake(facts)),
    requestContext: {
      ...context,
      ...(message && { messageId: randomUUID() }),
      ...(route.close !== undefined && {
        disconnectStatusCode: route.close.code,
        disconnectReason: route.close.reason,
      }),
      ...(route.authorizer !== undefined && { authorizer: route.authorizer }),
    },
    ...(route.body !== undefined && { body: route.body }),
    isBase64Encoded: false,
  };
}

export function methodArn(place: SocketPlace, routeKey: string): string {
  return `arn:aws:execute-api:${place.region}:${place.accountId}:${place.apiId}/${place.stage}/${routeKey}`;
}

function handshake(facts: SocketFacts): JsonRecord {
  const query = [...new URLSearchParams(facts.query)];
  const many = (entries: Iterable<[string, string]>) =>
    Object.fromEntries([...entries].map(([name, value]) => [name, [value]]));
  return {
    headers: { ...facts.headers },
    multiValueHeaders: many(Object.entries(facts.headers)),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: many(query),
    }),
  };
}

function requestContext(
  facts: SocketFacts,
  place: SocketPlace,
  route: { routeKey: string; eventType: SocketEventType; now: number },
): JsonRecord {
  return {
    routeKey: route.routeKey,
    eventType: route.eventType,
    messageDirection: 'IN',
    extendedRequestId: randomUUID(),
    requestId: randomUUID(),
    requestTime: new Date(route.now).toISOString(),
    requestTimeEpoch: route.now,
    connectedAt: facts.connectedAt,
    connectionId: facts.connectionId,
    stage: place.stage,
    apiId: place.apiId,
    domainName: `${place.apiId}.execute-api.${place.region}.amazonaws.com`,
    identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
  };
}
