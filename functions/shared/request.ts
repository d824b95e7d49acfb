import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { Refusal } from './refusal.ts';
import type { Tools } from './tools.ts';

/** The tools while a request is answered, with what there is to know of it beside its path, query and body. */
export type RequestTools = Tools & {
  readonly request: {
    readonly id: string;
    /** What tries are counted by, of whoever asks and not of CloudFront: an IPv4 address, or an IPv6 network. */
    readonly source: string;
    readonly userAgent: string;
    /** Which sign-in the access token comes from. */
    readonly tokenFamily?: string;
    header(name: string): string | undefined;
    cookie(name: string): string | undefined;
  };
};

/** Written by the distribution (infra/served/viewer.js). It can be believed: who comes by another way is refused before. */
const viewerAddress = 'x-viewer-address';

/** What an action may ask of the request. A header's name may be in any case, a cookie's is exact. */
export function requestOf(event: APIGatewayProxyEventV2): RequestTools['request'] {
  const { http, requestId } = event.requestContext;
  const cookies = new Map(
    (event.cookies ?? []).map(
      (cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)] as const,
    ),
  );
  const claims = claimsOf(event);
  const tokenFamily = claims?.origin_jti ?? claims?.jti;
  return {
    id: requestId,
    source: networkOf(event.headers[viewerAddress] ?? http.sourceIp),
    userAgent: http.userAgent,
    ...(tokenFamily !== undefined && { tokenFamily }),
    header: (name) => event.headers[name.toLowerCase()],
    cookie: (name) => cookies.get(name),
  };
}

/** One customer holds a whole /64 of IPv6 (RFC 6177) and could give each try an address of its own. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head, tail] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array(8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0');
  const groups = [...(head ?? []), ...zeros, ...(tail ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

const Claims = z.object({
  sub: z.string(),
  iat: z.coerce.number(),
  jti: z.optional(z.string()),
  origin_jti: z.optional(z.string()),
});
const JwtContext = z.object({ authorizer: z.object({ jwt: z.object({ claims: Claims }) }) });

/** What the access token says. API Gateway has verified it; undefined on a route without an authorizer. */
export function claimsOf(event: APIGatewayProxyEventV2): z.infer<typeof Claims> | undefined {
  const context: unknown = event.requestContext;
  const parsed = z.safeParse(JwtContext, context);
  return parsed.success ? parsed.data.authorizer.jwt.claims : undefined;
}

/** The body as the text that was sent, unparsed; API Gateway hands some over in base64. */
export function rawBody(event: APIGatewayProxyEventV2): string {
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

/** The body as this shape; refuses what is not JSON and says which fields are not right. */
export function parseBody(shape: z.ZodMiniType, event: APIGatewayProxyEventV2): unknown {
  let json: unknown;
  try {
    json = JSON.parse(rawBody(event));
  } catch {
    throw new Refusal('invalid', 'not-json', 'The body is not JSON.');
  }
  return parse(shape, json, '');
}

/** The value as this shape, or a refusal that points at each wrong field below `prefix`. */
export function parse(shape: z.ZodMiniType, value: unknown, prefix: string): unknown {
  const parsed = z.safeParse(shape, value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    pointer: `${prefix}/${issue.path.map(String).join('/')}`,
    detail: issue.message || `expected ${issue.code}`,
  }));
  throw new Refusal('invalid', 'invalid', 'Some fields are not right.', { errors });
}

/** The version that If-Match names, weak or strong; 0 when it is absent, which is refused where it is required. */
export function ifMatchOf(event: APIGatewayProxyEventV2, required: boolean): number {
  const header = event.headers['if-match'];
  if (header === undefined) {
    if (required)
      throw new Refusal('precondition-required', 'if-match-required', 'Say which version you saw (If-Match).');
    return 0;
  }
  const version = Number(header.replace(/^W\//, '').replaceAll('"', ''));
  if (!Number.isInteger(version)) throw new Refusal('invalid', 'invalid', 'If-Match is not a version of ours.');
  return version;
}
