import * as z from 'zod/mini';
import type { Actor } from '../../functions/shared/access.ts';
import { authorise } from '../../functions/shared/authorise.ts';
import { type ActorTools, matchPath, type Route } from '../../functions/shared/http.ts';
import type { Flow } from './pump.ts';

/** Somebody signed in, at a screen: calls routes as the HTTP handler does, with the one decision point and its audit. */
export class Person {
  readonly #flow: Flow;
  readonly #actor: Actor;
  readonly #routes: readonly Route[];

  constructor(flow: Flow, actor: Actor, routes: readonly Route[]) {
    this.#flow = flow;
    this.#actor = actor;
    this.#routes = routes;
  }

  async get(path: string): Promise<unknown> {
    return await this.#call('GET', path);
  }

  async post(path: string, body: unknown = {}): Promise<unknown> {
    return await this.#call('POST', path, body);
  }

  async #call(method: Route['method'], address: string, body?: unknown): Promise<unknown> {
    const [rawPath = '', search = ''] = address.split('?');
    for (const route of this.#routes) {
      const path = route.method === method ? matchPath(route.path, rawPath) : undefined;
      if (path) return await this.#flow.does(`${method} ${route.path}`, () => this.#answer(route, path, search, body));
    }
    throw new Error(`there is no ${method} ${rawPath}`);
  }

  async #answer(route: Route, path: Record<string, string>, search: string, body: unknown): Promise<unknown> {
    const tools: ActorTools = { ...this.#flow.tools, actor: this.#actor, request: nobodysRequest };
    const { access } = route;
    if (access.who !== 'anyone' && access.who !== 'signed-in' && access.who !== 'roles')
      await authorise(
        tools,
        this.#actor,
        { kind: access.who, id: path[`${access.who}Id`] ?? '' },
        access.need,
        route.summary.toLowerCase(),
      );
    const outcome: unknown = await route.act(tools, {
      path,
      body: route.body && z.parse(route.body, body),
      query: route.query && z.parse(route.query, Object.fromEntries(new URLSearchParams(search))),
      version: 0,
    });
    const full = typeof outcome === 'object' && outcome !== null && 'body' in outcome ? outcome.body : outcome;
    return z.parse(route.answer, full);
  }
}

const nobodysRequest: ActorTools['request'] = {
  id: 'req-1',
  source: '127.0.0.1',
  userAgent: 'test',
  header: () => undefined,
  cookie: () => undefined,
};
