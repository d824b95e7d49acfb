import type { IncomingMessage } from 'node:http';

/** One HTTP request at the front door, read to its end. */
export type AwsRequest = {
  method: string;
  /** As sent, still encoded. */
  path: string;
  query: URLSearchParams;
  rawQuery: string;
  headers: Record<string, string>;
  body: Buffer;
};
export type Answer = { status: number; headers: Record<string, string>; body: Buffer | string };

export async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers,
    body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
  };
}

/** Access key, region and service of the signature, in the header or (presigned) in the query. */
export function signatureScope(request: AwsRequest): { accessKeyId: string; service: string } | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? request.query.get('X-Amz-Credential');
  const [accessKeyId, , , service] = credential?.split('/') ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}
