import * as z from 'zod/mini';
import type { QuarantineReason } from './contract.ts';
import { TelemetryBatch, TelemetryEvent, telemetryLimits } from './telemetry-shapes.ts';

/** What the topic rule puts on the queue: the raw bytes, and who really sent them. */
export const TelemetryRecord = z.object({
  body: z.string(),
  boxId: z.string(),
  /** Absent for what was published over HTTPS, which has no client id. */
  clientId: z.optional(z.string()),
  /** Epoch milliseconds at which the message reached the rule. */
  receivedAt: z.number(),
});
export type TelemetryRecord = z.infer<typeof TelemetryRecord>;

export type Unreadable = { readonly reason: QuarantineReason; readonly detail: string };
export type ReadTelemetry =
  | { readonly ok: true; readonly events: readonly TelemetryEvent[] }
  | ({ readonly ok: false } & Unreadable);

/**
 * Reads one message of a box: at most 8 KB of UTF-8 JSON, one event or a batch of version 1. An event of a batch that
 * cannot be read makes the whole message unreadable: half a message believed is a gap that nobody sees.
 */
export function readTelemetry(record: TelemetryRecord): ReadTelemetry {
  if (record.clientId !== undefined && record.clientId !== record.boxId)
    return refuse('wrong-sender', 'The client that sent this is not the box of its topic.');
  const bytes = Buffer.from(record.body, 'base64');
  if (bytes.length > telemetryLimits.bytes)
    return refuse('oversize', `${bytes.length} bytes, more than ${telemetryLimits.bytes}.`);
  const json = parseJson(bytes);
  if (json === undefined) return refuse('malformed', 'Not UTF-8 JSON.');
  const version = z.safeParse(Versioned, json);
  if (!version.success) return refuse('malformed', 'Not an object with a version "v".');
  if (version.data.v !== 1) return refuse('wrong-version', `Version ${String(version.data.v)}; this release reads 1.`);
  const parsed = version.data.events === undefined ? z.safeParse(One, json) : z.safeParse(TelemetryBatch, json);
  if (!parsed.success) return refuse('malformed', firstIssue(parsed.error));
  return { ok: true, events: parsed.data.events };
}

const Versioned = z.object({ v: z.unknown(), events: z.optional(z.unknown()) });
const One = z.pipe(
  TelemetryEvent,
  z.transform((event) => ({ v: 1, events: [event] })),
);

function refuse(reason: QuarantineReason, detail: string): ReadTelemetry {
  return { ok: false, reason, detail };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Says where, never what: a body may hold anything. */
function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return `/${(issue?.path ?? []).map(String).join('/')}: ${issue?.code ?? 'invalid'}`;
}
