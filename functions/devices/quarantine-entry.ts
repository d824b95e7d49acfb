import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { expiresAtEpochSeconds, type Instant, toInstant } from '../shared/time.ts';
import { QuarantineEntry, type QuarantineReason } from './contract.ts';
import type { TelemetryRecord } from './telemetry.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

/** As kept: the entry, the bytes to replay, and whose facility may see it (none: a box that we do not know). */
export const Quarantined = z.extend(QuarantineEntry, {
  body: z.string(),
  clientId: z.optional(z.string()),
  path: z.array(z.string()),
  bootId: z.optional(z.string()),
  seq: z.optional(z.number()),
});
export type Quarantined = z.infer<typeof Quarantined>;

export type Why = {
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly estimatedAt?: Instant;
};

const keptSeconds = 400 * 24 * 3600;
const longestExcerpt = 200;
/** A box in a bad way may send anything; more bytes than this would not be read in a replay either. */
const longestBody = 16_384;

/** An entry for bytes that could not be read, or whose box we do not know. */
export function entryOfRecord(record: TelemetryRecord, path: readonly string[], why: Why): Quarantined {
  const bytes = Buffer.from(record.body, 'base64');
  return {
    ...base(record.boxId, toInstant(record.receivedAt), bytes, bytes, why),
    path: [...path],
    ...(record.clientId !== undefined && { clientId: record.clientId }),
  };
}

/** An entry for one event that could be read but not believed. Its id follows from the event, so that a repeat is the same. */
export function entryOfEvent(
  boxId: string,
  event: TelemetryEvent,
  receivedAt: Instant,
  path: readonly string[],
  why: Why,
): Quarantined {
  const bytes = Buffer.from(JSON.stringify(event));
  const identity = `${event.bootId} ${event.seq} ${event.deviceTime}`;
  return {
    ...base(boxId, receivedAt, bytes, identity, why),
    path: [...path],
    eventKind: event.kind,
    deviceTime: event.deviceTime,
    bootId: event.bootId,
    seq: event.seq,
  };
}

function base(boxId: string, receivedAt: Instant, bytes: Buffer, identity: Buffer | string, why: Why) {
  const hash = createHash('sha256').update(boxId).update('\0').update(identity).digest('hex').slice(0, 24);
  return {
    quarantineId: `${receivedAt.slice(0, 10)}.${hash}`,
    boxId,
    reason: why.reason,
    detail: why.detail,
    receivedAt,
    state: 'open' as const,
    ...(why.estimatedAt !== undefined && { estimatedAt: why.estimatedAt }),
    excerpt: printable(bytes),
    body: bytes.subarray(0, longestBody).toString('base64'),
  };
}

function printable(bytes: Buffer): string {
  return [...bytes.subarray(0, longestExcerpt).toString('latin1')]
    .map((c) => (c >= ' ' && c <= '~' ? c : '·'))
    .join('');
}

export function quarantineItem(entry: Quarantined) {
  const [date = '', hash = ''] = entry.quarantineId.split('.');
  return {
    pk: `QUARANTINE#${date}`,
    sk: hash,
    kind: 'quarantine',
    v: 1,
    gsi1pk: `QUARANTINE#${entry.state}`,
    gsi1sk: `${entry.receivedAt}#${entry.quarantineId}`,
    ...entry,
    expiresAtEpochSeconds: expiresAtEpochSeconds(entry.receivedAt, keptSeconds),
  };
}
