import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock/clock.ts';
import type { Timed } from '../clock/mover.ts';
import type { Invocation } from '../compute/environment.ts';
import { isRecord, type Json, type JsonRecord, numberAt, parseJson, recordAt, textAt } from '../json.ts';
import { Activity } from '../messages/activity.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { watchFrames } from './frame-limit.ts';
import { integrationFunction } from './http-api.ts';
import { plainHeaders } from './lambda-http.ts';
import { SocketAuthorizer } from './socket-authorizer.ts';
import { type SocketFacts, type SocketPlace, socketEvent } from './socket-events.ts';

export interface WebSocketApiOptions {
  readonly deployment: Deployment;
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
}

interface Connection {
  readonly facts: SocketFacts;
  readonly socket: WebSocket;
  readonly authorizer: JsonRecord | undefined;
  lastActiveAt: number;
}

const MAX_MESSAGE_BYTES = 128 * 1024;
const IDLE_MS = 10 * 60_000;
const LIFE_MS = 2 * 60 * 60_000;
const GOING_AWAY = 1001;
const TOO_BIG = 1009;

/** One WebSocket API of the template: `$connect` with its authorizer, messages by route, `$disconnect`, and its limits. */
export class WebSocketApi implements Timed {
  readonly id: string;
  readonly stage: string;
  readonly #options: WebSocketApiOptions;
  readonly #place: SocketPlace;
  readonly #selection: string;
  readonly #routes = new Map<string, { functionName: string; authorizer: SocketAuthorizer | undefined }>();
  readonly #connections = new Map<string, Connection>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  readonly #activity = new Activity();

  constructor(api: Resource, options: WebSocketApiOptions) {
    const { deployment } = options;
    const mine = (type: string) =>
      deployment.ofType(type).filter((part) => textAt(part.properties(), 'ApiId') === api.ref);
    this.id = api.name;
    this.stage = mine('AWS::ApiGatewayV2::Stage')[0]?.name ?? '$default';
    this.#options = options;
    this.#place = { apiId: this.id, stage: this.stage, region: options.region, accountId: options.accountId };
    this.#selection = textAt(api.properties(), 'RouteSelectionExpression') ?? '$request.body.action';
    for (const route of mine('AWS::ApiGatewayV2::Route')) this.#readRoute(route);
  }

  busy(): boolean {
    return this.#activity.busy();
  }

  size(): number {
    return this.#connections.size;
  }

  /** An HTTP upgrade on this API's path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    void this.#activity.during(() => this.#connect(request, socket, head)).catch(() => socket.destroy());
  }

  async post(connectionId: string, data: Uint8Array): Promise<boolean> {
    const connection = this.#connections.get(connectionId);
    if (connection === undefined || connection.socket.readyState !== connection.socket.OPEN) return false;
    connection.lastActiveAt = this.#options.clock.now();
    connection.socket.send(Buffer.from(data).toString('utf8'));
    return true;
  }

  async get(connectionId: string) {
    const connection = this.#connections.get(connectionId);
    if (connection === undefined) return undefined;
    const { facts, lastActiveAt } = connection;
    return {
      connectedAt: new Date(facts.connectedAt).toISOString(),
      lastActiveAt: new Date(lastActiveAt).toISOString(),
      sourceIp: facts.sourceIp,
      userAgent: facts.userAgent,
    };
  }

  async close(connectionId: string): Promise<boolean> {
    const connection = this.#connections.get(connectionId);
    connection?.socket.close(GOING_AWAY, 'Going away');
    return connection !== undefined;
  }

  nextAt(): number | undefined {
    const ends = [...this.#connections.values()].map(endOf);
    return ends.length > 0 ? Math.min(...ends) : undefined;
  }

  /** Closes what has been silent for ten minutes or open for two hours. */
  fire(now: number): void {
    for (const connection of this.#connections.values()) {
      if (endOf(connection) > now) continue;
      // Forgotten at once, so that the next move does not stop here again while the close travels.
      this.#connections.delete(connection.facts.connectionId);
      connection.socket.close(GOING_AWAY, 'Going away');
      this.#disconnected(connection, GOING_AWAY, 'Going away');
    }
  }

  stop(): void {
    for (const { socket } of this.#connections.values()) socket.terminate();
    this.#server.close();
  }

  #readRoute(route: Resource): void {
    const { deployment, invoke } = this.#options;
    const properties = route.properties();
    const target = textAt(properties, 'Target')?.replace('integrations/', '');
    const authorizer = deployment.find(textAt(properties, 'AuthorizerId'), 'AWS::ApiGatewayV2::Authorizer');
    this.#routes.set(textAt(properties, 'RouteKey') ?? '', {
      functionName: integrationFunction(deployment.find(target, 'AWS::ApiGatewayV2::Integration'), deployment),
      authorizer: authorizer === undefined ? undefined : new SocketAuthorizer(authorizer, deployment, invoke),
    });
  }

  async #connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { clock, invoke } = this.#options;
    const facts = factsOf(request, clock.now());
    const route = this.#routes.get('$connect');
    const verdict = await route?.authorizer?.decide(facts, this.#place, clock.now());
    if (verdict?.allowed === false) return refuse(socket, verdict.status);
    const authorizer = verdict?.authorizer;
    let protocol: string | undefined;
    if (route !== undefined) {
      const event = socketEvent(facts, this.#place, {
        routeKey: '$connect',
        eventType: 'CONNECT',
        now: clock.now(),
        authorizer,
      });
      const answer = await invoke(route.functionName, event);
      const status = answer.error === undefined ? (numberAt(answer.payload, 'statusCode') ?? 200) : 500;
      if (status < 200 || status > 299) return refuse(socket, status);
      const headers = Object.entries(recordAt(answer.payload, 'headers'));
      protocol = textAt(headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1]);
    }
    request.headers['sec-websocket-protocol'] = protocol;
    if (protocol === undefined) delete request.headers['sec-websocket-protocol'];
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#opened(opened, socket, facts, authorizer));
  }

  #opened(socket: WebSocket, stream: Duplex, facts: SocketFacts, authorizer: JsonRecord | undefined): void {
    const connection: Connection = { facts, socket, authorizer, lastActiveAt: facts.connectedAt };
    this.#connections.set(facts.connectionId, connection);
    stream.on(
      'data',
      watchFrames(() => socket.close(TOO_BIG, 'Message too big')),
    );
    socket.on('message', (data, binary) => {
      connection.lastActiveAt = this.#options.clock.now();
      if (binary) return socket.close(1003, 'Binary is not supported');
      void this.#activity.during(() => this.#message(connection, data.toString()));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code, reason) => {
      if (this.#connections.delete(facts.connectionId)) this.#disconnected(connection, code, reason.toString());
    });
  }

  async #message(connection: Connection, body: string): Promise<void> {
    const wanted = selected(this.#selection, body);
    const routeKey = this.#routes.has(wanted) ? wanted : '$default';
    const route = this.#routes.get(routeKey);
    const { facts, authorizer } = connection;
    const failed = JSON.stringify({ message: 'Internal server error', connectionId: facts.connectionId });
    if (route === undefined) return connection.socket.send(failed.replace('Internal server error', 'Forbidden'));
    const now = this.#options.clock.now();
    const event = socketEvent(facts, this.#place, { routeKey, eventType: 'MESSAGE', now, authorizer, body });
    const answer = await this.#options.invoke(route.functionName, event);
    if (answer.error !== undefined) return connection.socket.send(failed);
    const reply = textAt(answer.payload, 'body');
    if (reply !== undefined && reply !== '') connection.socket.send(reply);
  }

  #disconnected(connection: Connection, code: number, reason: string): void {
    const route = this.#routes.get('$disconnect');
    if (route === undefined) return;
    const { facts, authorizer } = connection;
    const now = this.#options.clock.now();
    const close = { code, reason };
    const event = socketEvent(facts, this.#place, {
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      now,
      authorizer,
      close,
    });
    void this.#activity.during(() => this.#options.invoke(route.functionName, event));
  }
}

function endOf(connection: Connection): number {
  return Math.min(connection.lastActiveAt + IDLE_MS, connection.facts.connectedAt + LIFE_MS);
}

function factsOf(request: IncomingMessage, now: number): SocketFacts {
  const { 'sec-websocket-protocol': protocol, ...rest } = plainHeaders(request);
  return {
    connectionId: randomBytes(11).toString('base64url'),
    connectedAt: now,
    // API Gateway passes names on as the client writes them, and browsers write this one with capitals.
    headers: { ...rest, ...(protocol !== undefined && { 'Sec-WebSocket-Protocol': protocol }) },
    query: new URL(request.url ?? '/', 'http://localhost').search.slice(1),
    sourceIp: '127.0.0.1',
    userAgent: rest['user-agent'] ?? '',
  };
}

/** `$request.body.action` and the like. */
function selected(expression: string, body: string): string {
  let value: Json;
  try {
    value = parseJson(body);
  } catch {
    return '$default';
  }
  const path = expression.replace(/^\$request\.body\./, '').split('.');
  return (isRecord(value) ? textAt(value, ...path) : undefined) ?? '$default';
}

function refuse(socket: Duplex, status: number): void {
  const text = { 401: 'Unauthorized', 403: 'Forbidden', 410: 'Gone' }[status] ?? 'Internal Server Error';
  const body = JSON.stringify({ message: text });
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
