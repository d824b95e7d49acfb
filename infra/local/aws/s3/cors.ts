import { matchesPattern } from '../authorise.ts';
import type { AwsRequest } from '../request.ts';
import type { BucketDef } from '../types.ts';

/** The CORS headers that the bucket's rules grant to this origin; none when no rule fits. */
export function corsHeaders(request: AwsRequest, bucket: BucketDef | undefined): Record<string, string> {
  const origin = request.headers.origin;
  const method = request.headers['access-control-request-method'] ?? request.method;
  const rule = bucket?.corsRules?.find(
    (one) =>
      origin &&
      one.AllowedMethods.includes(method) &&
      one.AllowedOrigins.some((allowed) => matchesPattern(allowed, origin)),
  );
  if (!origin || !rule) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    vary: 'Origin',
    ...(rule.ExposedHeaders?.length ? { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') } : {}),
    ...(request.headers['access-control-request-headers'] && rule.AllowedHeaders?.length
      ? { 'access-control-allow-headers': request.headers['access-control-request-headers'] }
      : {}),
  };
}
