import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AwsRequest } from './request.ts';

export function isPresigned(request: AwsRequest): boolean {
  return request.query.has('X-Amz-Signature');
}

/**
 * What is wrong with a presigned URL, if anything: its signature (Signature Version 4 in the query), or its time by the
 * clock that everything here runs on. Behind a proxy the signed host arrives in `x-forwarded-host`.
 */
export function presignFlaw(request: AwsRequest, secret: string, now: number): 'bad-signature' | 'expired' | undefined {
  const hosts = [request.headers['x-forwarded-host'], request.headers.host].filter((host) => host !== undefined);
  const given = Buffer.from(request.query.get('X-Amz-Signature') ?? '');
  const good = hosts.some((host) => {
    const expected = Buffer.from(signatureOf(request, host, secret));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (!good) return 'bad-signature';
  const signedAt = amzDate(request.query.get('X-Amz-Date') ?? '');
  const lifetime = Number(request.query.get('X-Amz-Expires')) * 1000;
  return now > signedAt + lifetime ? 'expired' : undefined;
}

function signatureOf(request: AwsRequest, host: string, secret: string): string {
  const [, date = '', region = '', service = ''] = (request.query.get('X-Amz-Credential') ?? '').split('/');
  const signedHeaders = request.query.get('X-Amz-SignedHeaders') ?? '';
  const query = request.rawQuery
    .split('&')
    .filter((pair) => !pair.startsWith('X-Amz-Signature='))
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${(name === 'host' ? host : (request.headers[name] ?? '')).trim()}\n`)
    .join('');
  const payload = request.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  const canonical = [request.method, request.path, query, headers, signedHeaders, payload].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', request.query.get('X-Amz-Date'), scope, digest].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  return createHmac('sha256', key).update(toSign).digest('hex');
}

/** `20261130T041000Z` */
function amzDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
