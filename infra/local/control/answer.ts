import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Json, type JsonRecord, parseJson, recordAt } from '../json.ts';
import { readBody } from '../origin/origin.ts';

/** A request under `/local`. */
export interface LocalRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** The JSON body, `{}` when there is none. */
  body(): Promise<JsonRecord>;
}

export class BadRequest extends Error {}

/** An answer as JSON, or a page when `type` says so. */
export interface LocalAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
}

export type LocalRoute = (request: LocalRequest) => Promise<LocalAnswer | 'answered'> | LocalAnswer | 'answered';

export async function bodyOf(incoming: IncomingMessage): Promise<JsonRecord> {
  const bytes = await readBody(incoming);
  if (bytes === undefined || bytes.length === 0) return {};
  try {
    const parsed: Json = parseJson(bytes.toString('utf8'));
    return recordAt(parsed);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}

export function send(response: ServerResponse, answer: LocalAnswer): void {
  const json = answer.type === undefined;
  const body = json
    ? `${JSON.stringify(answer.body, null, 2)}\n`
    : Buffer.isBuffer(answer.body)
      ? answer.body
      : String(answer.body);
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type ?? 'application/json',
    'cache-control': 'no-store',
    ...answer.headers,
  });
  response.end(body);
}
