/** RFC 9457 as our API sends it: `type` ends in a stable word, the request id is what a person tells support. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  requestId?: string;
  errors?: { pointer: string; detail: string }[];
  /** What else the API adds for this refusal, e.g. the tries that are left. */
  [extra: string]: unknown;
}

/** The API said no. `code` is the stable word, `status` the HTTP number; both are for deciding, `detail` is for people. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly document: ProblemDocument;
  readonly retryAfterSeconds: number | undefined;

  constructor(document: ProblemDocument, retryAfterSeconds?: number) {
    super(document.detail ?? document.title);
    this.name = 'Problem';
    this.code = document.type.split('/').pop() ?? 'fault';
    this.status = document.status;
    this.document = document;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What the API says about one field of the body, by JSON Pointer. */
  about(pointer: string): string | undefined {
    return this.document.errors?.find((error) => error.pointer === pointer)?.detail;
  }
}

/** Nothing answered: no network, or the server is away. What was being said may be said again. */
export class Unreachable extends Error {
  constructor() {
    super('no answer');
    this.name = 'Unreachable';
  }
}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

/** Will saying the same thing again later help? */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));

function isDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'type' in body && 'status' in body;
}

export async function problemFrom(response: Response): Promise<Problem | Unreachable> {
  // A gateway that answers for a server that does not is the same to a person as no answer.
  if ([502, 503, 504].includes(response.status) && !response.headers.get('content-type')?.includes('problem+json'))
    return new Unreachable();
  const body: unknown = await response.json().catch(() => undefined);
  const after = Number(response.headers.get('retry-after'));
  return new Problem(
    isDocument(body) ? body : { type: 'fault', title: 'fault', status: response.status },
    Number.isFinite(after) && after > 0 ? after : undefined,
  );
}
