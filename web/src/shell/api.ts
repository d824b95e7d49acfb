import { answered, unanswered } from './network.ts';
import { Problem, problemFrom, Unreachable } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Ask {
  method?: Method;
  body?: unknown;
  /** The version this change was made on: If-Match. */
  version?: number | string;
  /** Saying it twice counts once: Idempotency-Key. */
  onceKey?: string;
  /** Sign-in and its kind: sends the cookie and the header that no foreign page can set, never an access token. */
  cookieRoute?: boolean;
  /** A link that works without signing in: no token, no cookie. */
  open?: boolean;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  /** The version to send back with a change. */
  version: string | undefined;
}

interface TokenSource {
  /** A token that still holds, renewed when needed; undefined when the person must sign in again. */
  current(): Promise<string | undefined>;
  /** The API did not accept the token: fetch another. */
  renew(): Promise<string | undefined>;
  /** Even a fresh token is not enough: this session is over, or never passed the second factor. */
  over(): Promise<void>;
}

let tokens: TokenSource = { current: async () => undefined, renew: async () => undefined, over: async () => undefined };
export function useTokens(source: TokenSource): void {
  tokens = source;
}

/** Asks the API. Refusals come as `Problem`, silence as `Unreachable`; an expired token is renewed once by itself. */
export async function ask<T>(path: string, options: Ask = {}): Promise<Answer<T>> {
  if (options.cookieRoute || options.open) return await read<T>(await send(path, options, undefined));
  const first = await send(path, options, await tokens.current());
  if (first.status !== 401 || !(await isAboutTheToken(first.clone()))) return await read<T>(first);
  const fresh = await tokens.renew();
  if (!fresh) return await read<T>(first);
  const second = await send(path, options, fresh);
  if (second.status === 401 && (await isAboutTheToken(second.clone()))) await tokens.over();
  return await read<T>(second);
}

/** A wrong password is also a 401: saying it again would cost the person a second try. */
async function isAboutTheToken(response: Response): Promise<boolean> {
  const problem = await problemFrom(response);
  return !(problem instanceof Problem) || ['signed-out', 'totp-needed', 'fault'].includes(problem.code);
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await ask<T>(path, signal ? { signal } : {})).body;

export const post = async <T>(path: string, body: unknown, options: Ask = {}): Promise<T> =>
  (await ask<T>(path, { method: 'POST', body, ...options })).body;

/** One key for a form and what it says: pressed again it counts once, corrected it counts anew. */
export function onceKeyOf(form: string, body: unknown): string {
  let sum = 5381;
  for (const sign of JSON.stringify(body)) sum = (Math.imul(sum, 33) ^ (sign.codePointAt(0) ?? 0)) >>> 0;
  return `${form}.${sum.toString(36)}`;
}

async function send(path: string, options: Ask, token: string | undefined): Promise<Response> {
  try {
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersOf(options, token),
      cache: 'no-store',
      credentials: options.cookieRoute ? 'same-origin' : 'omit',
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      ...(options.signal && { signal: options.signal }),
    });
    answered();
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    unanswered();
    throw new Unreachable();
  }
}

function headersOf(options: Ask, token: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(options.body !== undefined && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...(options.cookieRoute && { 'x-careconnect-csrf': '1' }),
    ...(options.version !== undefined && { 'if-match': etag(options.version) }),
    ...(options.onceKey && { 'idempotency-key': options.onceKey }),
  };
}

const etag = (version: number | string) => (typeof version === 'number' ? `"${version}"` : version);

async function read<T>(response: Response): Promise<Answer<T>> {
  if (!response.ok) {
    const problem = await problemFrom(response);
    if (!(problem instanceof Problem)) unanswered();
    throw problem;
  }
  const version = response.headers.get('etag') ?? undefined;
  const body = response.status === 204 ? undefined : await response.json();
  return { body, version };
}
