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
  /** For the cookie routes of sign-in: they ask for a header that no foreign page can set. */
  cookieRoute?: boolean;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  /** The version to send back with a change. */
  version: string | undefined;
}

interface TokenSource {
  current(): string | undefined;
  /** A fresh access token, or undefined when the person must sign in again. Single flight. */
  renew(): Promise<string | undefined>;
}

let tokens: TokenSource = { current: () => undefined, renew: async () => undefined };
export function useTokens(source: TokenSource): void {
  tokens = source;
}

/** Asks the API. Refusals come as `Problem`, silence as `Unreachable`; an expired token is renewed once by itself. */
export async function ask<T>(path: string, options: Ask = {}): Promise<Answer<T>> {
  const first = await send(path, options, tokens.current());
  if (first.status !== 401 || options.cookieRoute) return await read<T>(first);
  const fresh = await tokens.renew();
  return await read<T>(fresh ? await send(path, options, fresh) : first);
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await ask<T>(path, signal ? { signal } : {})).body;

async function send(path: string, options: Ask, token: string | undefined): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token && !options.cookieRoute) headers['authorization'] = `Bearer ${token}`;
  if (options.cookieRoute) headers['x-csrf'] = '1';
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.version !== undefined) headers['if-match'] = etag(options.version);
  if (options.onceKey) headers['idempotency-key'] = options.onceKey;
  try {
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
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
