import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Refusal, type RefusalReason } from './refusal.ts';

const statuses: Readonly<Record<RefusalReason, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'key-reused': 422,
  'precondition-required': 428,
  'too-many': 429,
  unavailable: 503,
};

/** RFC 9457. A refusal says what is wrong and where; a fault says nothing but the request id to quote. */
export function problem(error: unknown, instance: string, requestId: string): APIGatewayProxyStructuredResultV2 {
  const refusal = error instanceof Refusal ? error : undefined;
  const status = refusal ? statuses[refusal.reason] : 500;
  const body = {
    type: `/problems/${refusal?.code ?? 'fault'}`,
    title: refusal ? refusal.reason : 'fault',
    status,
    detail: refusal ? refusal.message : 'Something broke on our side. Nothing was lost that was confirmed.',
    instance,
    requestId,
    ...(refusal && refusal.errors.length > 0 && { errors: refusal.errors }),
    ...refusal?.extra,
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(refusal?.reason === 'method-not-allowed' && { allow: String(refusal.extra.allowed) }),
      ...(refusal?.retryAfterSeconds !== undefined && { 'retry-after': String(refusal.retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  };
}
