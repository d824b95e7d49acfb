import type { ViewerRequest, ViewerResponse } from './lambda-http.ts';

/**
 * Presigned uploads and downloads through the one origin: a browser reaches a bucket by the same host as everything else.
 * The signature still covers the front door's host, so requests go on under it.
 */
export class StoredObjects {
  readonly #endpoint: string;
  readonly #buckets: readonly string[];

  constructor(endpoint: string, buckets: readonly string[]) {
    this.#endpoint = endpoint;
    this.#buckets = buckets;
  }

  owns(request: ViewerRequest): boolean {
    const bucket = request.path.split('/')[1] ?? '';
    return this.#buckets.includes(bucket) && (request.query.includes('X-Amz-Signature=') || request.method === 'POST');
  }

  async answer(request: ViewerRequest): Promise<ViewerResponse> {
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const query = request.query === '' ? '' : `?${request.query}`;
    const withBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await fetch(`${this.#endpoint}${request.path}${query}`, {
      method: request.method,
      headers,
      ...(withBody && { body: new Uint8Array(request.body) }),
    });
    const passed = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-encoding'));
    return { status: answer.status, headers: passed, body: Buffer.from(await answer.arrayBuffer()) };
  }

  /** Addresses of objects in a JSON answer, as this device's browser can reach them. */
  withLocalAddresses(answer: ViewerResponse, origin: string): ViewerResponse {
    if (!answer.headers['content-type']?.includes('json') || typeof answer.body !== 'string') return answer;
    const body = this.#buckets.reduce(
      (text, bucket) => text.replaceAll(`${this.#endpoint}/${bucket}/`, `${origin}/${bucket}/`),
      answer.body,
    );
    return { ...answer, body };
  }
}
