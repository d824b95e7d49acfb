import type { ServerResponse } from 'node:http';
import http from 'node:http';
import { AwsError, WriterKilled } from './aws-error.ts';
import type { Caller, GateKeeper } from './gate.ts';
import type { Identities } from './identities.ts';
import { anonymous } from './identities.ts';
import { isPresigned, presignFlaw } from './presign.ts';
import type { Answer, AwsRequest } from './request.ts';
import { readRequest, signatureScope } from './request.ts';
import type { Service } from './service.ts';
import type { Denied } from './types.ts';

/** A path that needs no signature: confirmation links, push endpoints, the public keys of the user pool. */
export type OpenRoute = { path: RegExp; answer(request: AwsRequest, match: RegExpExecArray): Promise<Answer> | Answer };

export type FrontDoor = {
  port: number;
  calls(): number;
  /** Waits for open calls, holds new ones while `work` runs. */
  quietly<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

type Wiring = {
  port: number;
  now(): number;
  identities: Identities;
  gates: GateKeeper;
  /** By the service name of the signature's scope. */
  services: ReadonlyMap<string, Service>;
  /** Called without a signature: Cognito's public operations, presigned URLs and preflights. */
  unsigned(request: AwsRequest): Service | undefined;
  open: OpenRoute[];
};

/** The one address that every AWS client of the local cloud talks to. */
export async function openFrontDoor(wiring: Wiring): Promise<FrontDoor> {
  let calls = 0;
  let held: Promise<void> = Promise.resolve();
  const idle = new Set<() => void>();
  const server = http.createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
    try {
      await held;
      calls += 1;
      // The SDK takes a far-off Date on an error for its own clock's fault and tries again with another.
      response.setHeader('date', new Date(wiring.now()).toUTCString());
      try {
        const request = await readRequest(incoming);
        send(response, request.method, await answer(wiring, request));
      } finally {
        calls -= 1;
        if (calls === 0) {
          for (const resolve of idle) resolve();
          idle.clear();
        }
      }
    } catch (error) {
      if (!(error instanceof WriterKilled)) console.error('front door:', error);
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wiring.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The front door has no address');
  return {
    port: address.port,
    calls: () => calls,
    async quietly(work) {
      // A call may wait for calls of its own (a trigger's), so new ones are held only once none is open.
      while (calls > 0) await new Promise<void>((resolve) => idle.add(resolve));
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      try {
        return await work();
      } finally {
        release();
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(wiring: Wiring, request: AwsRequest): Promise<Answer> {
  // A preflight carries the address of what follows, not a signature of its own.
  const scope = request.method === 'OPTIONS' ? undefined : signatureScope(request);
  if (!scope) {
    for (const route of wiring.open) {
      const match = route.path.exec(request.path);
      if (match) return route.answer(request, match);
    }
  }
  const service = scope ? wiring.services.get(scope.service) : wiring.unsigned(request);
  if (!service) {
    const asked = scope?.service ?? `${request.method} ${request.path}`;
    return notImplemented(`The local cloud does not implement the service of ${asked}`);
  }
  try {
    return await service.handle(
      request,
      wiring.gates.at(scope ? callerOf(wiring, service, request, scope) : anonymous),
    );
  } catch (error) {
    if (error instanceof AwsError) {
      if (error.status === 501) console.error(error.message);
      return service.refuse(error);
    }
    throw error;
  }
}

function callerOf(wiring: Wiring, service: Service, request: AwsRequest, scope: { accessKeyId: string }): Caller {
  const presigned = isPresigned(request);
  const found = wiring.identities.find(scope.accessKeyId, presigned);
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? `${request.method} ${request.path}`;
  const refuse = (why: Denied['why'], error: AwsError) => {
    const functionName = found?.caller.identity.functionName ?? 'unknown';
    wiring.gates.record({ functionName, ...scope, service: service.name, operation, action: '*', resource: '*', why });
    return error;
  };
  if (!found)
    throw refuse(
      'unknown-caller',
      new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403),
    );
  if (!presigned) return found.caller;
  const flaw = presignFlaw(request, found.secretAccessKey, wiring.now());
  if (flaw === 'expired') throw refuse(flaw, new AwsError('AccessDenied', 'Request has expired', 403));
  if (flaw)
    throw refuse(
      flaw,
      new AwsError('SignatureDoesNotMatch', 'The request signature does not match what was signed.', 403),
    );
  return found.caller;
}

function notImplemented(message: string): Answer {
  console.error(message);
  return {
    status: 501,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ __type: 'NotImplemented', message }),
  };
}

function send(response: ServerResponse, method: string, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (method === 'HEAD' || answer.status === 204 || answer.status === 304) {
    response.end();
    return;
  }
  response.setHeader('content-length', body.length);
  response.end(body);
}
