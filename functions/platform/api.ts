import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { httpHandler, type Route, route } from '../shared/http.ts';
import { HealthView } from './contract.ts';

const Document = z.looseObject({ openapi: z.string(), info: z.looseObject({ version: z.string() }) });
let document: Promise<z.infer<typeof Document>> | undefined;

/** Made when the app is built, from the tables of routes, and put beside this function. */
function description(): Promise<z.infer<typeof Document>> {
  document ??= readFile(new URL('./openapi.json', import.meta.url), 'utf8').then((text) =>
    z.parse(Document, JSON.parse(text)),
  );
  return document;
}

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/health',
    summary: 'Say that the service is alive',
    access: { who: 'anyone', because: 'watchers and phones ask whether the service answers' },
    answer: HealthView,
    act: async (tools) => ({ status: 'ok' as const, version: (await description()).info.version, at: tools.now() }),
  }),
  route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'Describe every route',
    access: { who: 'anyone', because: 'the description names no person' },
    answer: Document,
    act: async () => await description(),
  }),
];

export const handler = httpHandler(routes);
