/** Why an action may not happen. Numbers exist only at the edge: `http.ts` turns a reason into a status. */
export type RefusalReason =
  | 'invalid' // the request does not have the asked shape or breaks a rule of the field
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed' // `extra.allowed` names the methods that the address knows
  | 'conflict' // somebody else was first, or the state has moved on
  | 'stale' // If-Match names an older version
  | 'precondition-required' // If-Match is missing
  | 'key-reused' // the same Idempotency-Key came with another body
  | 'too-many'
  | 'too-large'
  | 'unavailable';

export type FieldError = { readonly pointer: string; readonly detail: string };

/** An expected "no". Anything else that is thrown is a fault: 500 without detail, or a retry and then the dead-letter queue. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  /** Stable word of the product for this refusal, kebab-case; becomes the `type` of the problem document. */
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  /** What the caller can use to go on, e.g. the next free slots. Never health data of somebody else. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    reason: RefusalReason,
    code: string,
    detail: string,
    more: { errors?: readonly FieldError[]; retryAfterSeconds?: number; extra?: Record<string, unknown> } = {},
  ) {
    super(detail);
    this.name = 'Refusal';
    this.reason = reason;
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.extra = more.extra ?? {};
  }
}

export function notFound(what: string): Refusal {
  return new Refusal('not-found', `${what}-not-found`, `There is no such ${what}.`);
}

export function invalid(pointer: string, detail: string): Refusal {
  return new Refusal('invalid', 'invalid', detail, { errors: [{ pointer, detail }] });
}
