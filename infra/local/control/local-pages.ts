import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cloud } from '../cloud.ts';
import { numberAt } from '../json.ts';
import { accountsView } from './accounts-view.ts';
import { BadRequest, bodyOf, type LocalRequest, type LocalRoute, send } from './answer.ts';
import { clockControl } from './clock-control.ts';
import { faultsControl } from './faults.ts';
import { outboxView } from './outbox-view.ts';

export interface LocalPages {
  /** Answers a request under `/local`; false when there is no such page. */
  answer(incoming: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
  /** Adds pages of one more part, such as the demonstration. */
  add(routes: Readonly<Record<string, LocalRoute>>): void;
}

/** What exists only here: time, faults, what left, who was refused. */
export function localPages(cloud: Cloud): LocalPages {
  const clock = clockControl(cloud);
  const faults = faultsControl(cloud);
  const routes: Record<string, LocalRoute> = {
    'GET /local/clock': clock.read,
    'POST /local/clock': clock.move,
    'GET /local/clock/moves': clock.moves,
    'GET /local/idle': (request) => idle(cloud, request),
    'GET /local/faults': faults.read,
    'POST /local/faults': faults.set,
    'GET /local/outbox': ({ query }) => ({ body: outboxView(cloud.aws.outbox.list(), query) }),
    'DELETE /local/outbox': () => {
      cloud.aws.outbox.clear();
      return { body: [] };
    },
    'GET /local/denied': () => ({ body: cloud.aws.denied() }),
    'GET /local/accounts': ({ query }) => ({
      body: accountsView(cloud.people.accounts, cloud.clock.now(), query.get('role')),
    }),
    'GET /local/meter': () => ({ body: cloud.aws.meter.read() }),
    'POST /local/meter/reset': () => {
      cloud.aws.meter.reset();
      return { body: cloud.aws.meter.read() };
    },
    'GET /local/failures': () => ({ body: cloud.logs.failures() }),
    'GET /local/queues': () => ({ body: queuesView(cloud) }),
    // What a person would press in the e-mail of a subscription.
    'GET /local/sns/*': async ({ incoming }) => {
      const answer = await fetch(cloud.aws.endpoint + incoming.url);
      return { status: answer.status, type: 'text/plain; charset=utf-8', body: await answer.text() };
    },
    'GET /local/mqtt-ca.pem': () => ({ type: 'application/x-pem-file', body: cloud.caPem }),
  };
  return {
    add: (more) => void Object.assign(routes, more),
    answer: (incoming, response, url) => answer(cloud, routes, incoming, response, url),
  };
}

async function answer(
  cloud: Cloud,
  routes: Readonly<Record<string, LocalRoute>>,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
  const route = routes[`${method} ${url.pathname}`] ?? routes[`${method} ${url.pathname.replace(/\/[^/]*$/, '/*')}`];
  if (route === undefined) return false;
  if (foreign(cloud, incoming)) {
    send(response, { status: 403, body: { message: 'Only pages of this machine may use /local' } });
    return true;
  }
  const request: LocalRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    incoming,
    response,
    body: () => bodyOf(incoming),
  };
  try {
    const result = await route(request);
    if (result !== 'answered') send(response, result);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!response.headersSent) send(response, { status: error instanceof BadRequest ? 400 : 500, body: { message } });
  }
  return true;
}

/** A page from the internet that is open in the same browser must not move the clock. */
function foreign(cloud: Cloud, incoming: IncomingMessage): boolean {
  const { origin } = incoming.headers;
  if (origin === undefined) return false;
  const own = [cloud.ports.origin, cloud.ports.secondDevice].flatMap((port) => [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
  ]);
  return !own.includes(origin);
}

async function idle(cloud: Cloud, request: LocalRequest) {
  const seconds = numberAt({ seconds: request.query.get('seconds') }, 'seconds') ?? 120;
  await cloud.idle(seconds * 1000);
  return { body: { idle: true, now: new Date(cloud.clock.now()).toISOString(), ...cloud.aws.idle() } };
}

function queuesView(cloud: Cloud) {
  return cloud.resources.queues.map((queue) => ({
    name: queue.name,
    ...cloud.aws.sqs.counts(queue.arn),
    deadLetters: !cloud.resources.queues.some((other) => other.arn === queue.arn && other.deadLetter !== undefined),
  }));
}
