import { createPublicKey, verify } from 'node:crypto';
import { isRecord, type Json, type JsonRecord, listAt, numberAt, parseJson, textAt, textsAt } from '../json.ts';
import type { Resource } from '../template/deployment.ts';

export interface JwtAuthorizerOptions {
  readonly resource: Resource;
  /** Where the keys of this issuer are on this machine. */
  jwksUri(issuer: string): string | undefined;
  now(): number;
}

export type Verdict =
  | { readonly result: 'allowed'; readonly authorizer: JsonRecord }
  | { readonly result: 'unauthorized'; readonly error: string }
  | { readonly result: 'forbidden' };

/** An HTTP API's JWT authorizer: issuer, signature, times, audience or client, and one of the route's scopes. */
export class JwtAuthorizer {
  readonly #options: JwtAuthorizerOptions;
  readonly #issuer: string;
  readonly #audiences: string[];
  #keys: { at: number; list: readonly Json[] } | undefined;

  constructor(options: JwtAuthorizerOptions) {
    this.#options = options;
    const properties = options.resource.properties();
    this.#issuer = textAt(properties, 'JwtConfiguration', 'Issuer') ?? '';
    this.#audiences = textsAt(properties, 'JwtConfiguration', 'Audience');
  }

  async decide(authorization: string | undefined, scopes: readonly string[]): Promise<Verdict> {
    const token = /^(?:Bearer\s+)?(.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { result: 'unauthorized', error: 'missing token' };
    const claims = await this.#verified(token);
    if (typeof claims === 'string') return { result: 'unauthorized', error: claims };
    const held = (textAt(claims, 'scope') ?? textsAt(claims, 'scp').join(' ')).split(' ');
    if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope))) return { result: 'forbidden' };
    const matched = scopes.filter((scope) => held.includes(scope));
    return {
      result: 'allowed',
      authorizer: { jwt: { claims: asText(claims), scopes: matched.length > 0 ? matched : null } },
    };
  }

  async #verified(token: string): Promise<JsonRecord | string> {
    const [head = '', body = '', signature = ''] = token.split('.');
    const header = decoded(head);
    const claims = decoded(body);
    if (header === undefined || claims === undefined) return 'not a token';
    const key = (await this.#fetchKeys()).find((candidate) => textAt(candidate, 'kid') === textAt(header, 'kid'));
    if (!isRecord(key) || textAt(header, 'alg') !== 'RS256') return 'unknown key';
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'))) {
      return 'wrong signature';
    }
    return this.#refusal(claims) ?? claims;
  }

  #refusal(claims: JsonRecord): string | undefined {
    const seconds = this.#options.now() / 1000;
    if (textAt(claims, 'iss') !== this.#issuer) return 'other issuer';
    if (seconds >= (numberAt(claims, 'exp') ?? 0)) return 'expired';
    if (seconds < (numberAt(claims, 'nbf') ?? 0)) return 'not valid yet';
    const audience = listAt(claims, 'aud').length > 0 ? textsAt(claims, 'aud') : textsAt(claims, 'client_id');
    return audience.some((one) => this.#audiences.includes(one)) ? undefined : 'other audience';
  }

  async #fetchKeys(): Promise<readonly Json[]> {
    const uri = this.#options.jwksUri(this.#issuer);
    if (uri === undefined) return [];
    if (this.#keys === undefined || Date.now() - this.#keys.at > 300_000) {
      const answer = await fetch(uri);
      this.#keys = { at: Date.now(), list: listAt(parseJson(await answer.text()), 'keys') };
    }
    return this.#keys.list;
  }
}

/** Claims reach a function as text; a list reads `[a b]`. */
function asText(claims: JsonRecord): JsonRecord {
  const entries = Object.entries(claims).map(([name, value]) => {
    if (Array.isArray(value)) return [name, `[${value.join(' ')}]`];
    return [name, isRecord(value) ? JSON.stringify(value) : String(value)];
  });
  return Object.fromEntries(entries);
}

function decoded(part: string): JsonRecord | undefined {
  try {
    const value = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
