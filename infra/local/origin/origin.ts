import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Distribution, Source } from './distribution.ts';
import type { HttpApi } from './http-api.ts';
import { plainHeaders, plainMessage, type ViewerRequest, type ViewerResponse } from './lambda-http.ts';
import { listenOnLoopback } from './loopback.ts';
import { type Device, deviceCookie, requestHeaders } from './second-device.ts';
import type { StoredObjects } from './stored-objects.ts';
import type { WebApp } from './web-app.ts';
import type { WebSocketApi } from './web-socket-api.ts';

export interface OriginOptions {
  readonly port: number;
  /** `http://localhost:4280`: what the app believes to be its address. */
  readonly appOrigin: string;
  readonly secondDevicePort: number;
  readonly distribution: Distribution;
  readonly httpApis: readonly HttpApi[];
  readonly webSocketApis: readonly WebSocketApi[];
  readonly webApp: WebApp;
  readonly objects: StoredObjects;
  now(): number;
  /** `/local/…`: answers by itself; false when there is no such page. */
  local(request: IncomingMessage, response: ServerResponse, url: URL, device: Device): Promise<boolean>;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'host',
  'proxy-connection',
  'te',
]);

/** The one origin a browser sees, and a second one that is the same for another person's browser. */
export async function startOrigin(options: OriginOptions): Promise<{ stop(): Promise<void> }> {
  const devices: { device: Device; port: number }[] = [
    { device: { origin: options.appOrigin, second: false }, port: options.port },
    {
      device: { origin: `http://localhost:${options.secondDevicePort}`, second: true },
      port: options.secondDevicePort,
    },
  ];
  const stops = await Promise.all(
    devices.map(({ device, port }) => {
      const server = createServer((request, response) => void serve(options, device, request, response));
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        upgrade(options, device, request, socket, head);
      });
      return listenOnLoopback(server, port);
    }),
  );
  return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

async function serve(
  options: OriginOptions,
  device: Device,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', options.appOrigin);
    if (url.pathname.startsWith('/local/') && (await options.local(request, response, url, device))) return;
    response.setHeader('date', new Date(options.now()).toUTCString());
    const body = await readBody(request);
    const headers = requestHeaders(plainHeaders(request), device, options.appOrigin);
    const answer =
      body === undefined
        ? plainMessage(413, 'Request Entity Too Large')
        : await route(options, {
            method: request.method ?? 'GET',
            path: url.pathname,
            query: url.search.slice(1),
            headers,
            body,
            sourceIp: '127.0.0.1',
          });
    send(request, response, options.objects.withLocalAddresses(answer, device.origin), device);
  } catch (error) {
    console.error('origin:', error);
    if (!response.headersSent) response.writeHead(502).end();
    else response.destroy();
  }
}

/** As CloudFront goes: behaviour, method, viewer function, origin, response headers. */
async function route(options: OriginOptions, viewer: ViewerRequest): Promise<ViewerResponse> {
  if (options.objects.owns(viewer)) return options.objects.answer(viewer);
  const behaviour = options.distribution.behaviourFor(viewer.path);
  if (!behaviour.methods.includes(viewer.method))
    return { status: 403, headers: {}, body: 'This method is not allowed.' };
  const changed = behaviour.onRequest(viewer);
  const answer = 'status' in changed ? changed : await fromSource(options, behaviour.source, changed);
  return { ...answer, headers: { ...answer.headers, ...behaviour.responseHeaders } };
}

function fromSource(options: OriginOptions, source: Source, request: ViewerRequest): Promise<ViewerResponse> {
  const api = options.httpApis.find(({ id }) => source.domainName.startsWith(`${id}.execute-api.`));
  if (api === undefined) return options.webApp.answer(request, options.distribution.defaultRootObject);
  const kept = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name));
  const headers = {
    ...Object.fromEntries(kept),
    via: `1.1 ${options.distribution.domainName} (CloudFront)`,
    'x-amz-cf-id': randomBytes(24).toString('base64url'),
    ...source.headers,
  };
  return api.answer({ ...request, headers });
}

function upgrade(options: OriginOptions, device: Device, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const url = new URL(request.url ?? '/', options.appOrigin);
  const { source } = options.distribution.behaviourFor(url.pathname);
  const api = options.webSocketApis.find(({ id }) => source.domainName.startsWith(`${id}.execute-api.`));
  if (api === undefined || url.pathname !== `/${api.stage}`) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return;
  }
  Object.assign(request.headers, requestHeaders(plainHeaders(request), device, options.appOrigin), source.headers);
  api.upgrade(request, socket, head);
}

function send(request: IncomingMessage, response: ServerResponse, answer: ViewerResponse, device: Device): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  const kept = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-length');
  const cookies = answer.cookies?.map((cookie) => deviceCookie(cookie, device)) ?? [];
  const bodiless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...Object.fromEntries(kept),
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    ...(!(answer.status === 204 || answer.status === 304) && { 'content-length': body.length }),
  });
  response.end(bodiless ? undefined : body);
}

export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}
