import * as z from 'zod/mini';
import { MessageRequest } from '../notifications/message.ts';
import { addSeconds, epochMilliseconds, type Instant, secondsBetween } from '../shared/time.ts';

const SlotRef = {
  patientId: z.string(),
  planId: z.string(),
  localDate: z.string(),
  slot: z.string(),
};

/** What must happen at an instant. Each kind is idempotent: it reads the state again and acts only where it still applies. */
export const DueWork = z.discriminatedUnion('step', [
  z.object({ step: z.literal('remind'), ...SlotRef }),
  z.object({ step: z.literal('remind-again'), ...SlotRef }),
  z.object({ step: z.literal('close'), ...SlotRef }),
  /** An alert's acknowledgement time is over. `rung` counts the climbs. */
  z.object({ step: z.literal('acknowledge-by'), patientId: z.string(), alertId: z.string(), rung: z.number() }),
  /** An alert that opened or worsened outside working time: its messages go when the team is at work. */
  z.object({ step: z.literal('tell'), patientId: z.string(), alertId: z.string() }),
  /** Look at one patient again: away ended, pills run out, silence, gates. */
  z.object({ step: z.literal('check'), patientId: z.string() }),
  /** The nightly look: as `check`, and repairs what should be waiting. */
  z.object({ step: z.literal('night'), patientId: z.string() }),
  /** Every night for a team, and at once for a new one: looks at each patient, and that the digest waits. */
  z.object({ step: z.literal('team-night'), teamId: z.string() }),
  /** Has a box that owed us a report been heard meanwhile. */
  z.object({ step: z.literal('box-check'), patientId: z.string(), boxId: z.string() }),
  z.object({ step: z.literal('facility-check'), facilityId: z.string() }),
  z.object({ step: z.literal('digest'), teamId: z.string(), localDate: z.string() }),
  /** A message that waited for the end of quiet hours, of an incident or for working time. */
  z.object({ step: z.literal('send'), request: MessageRequest }),
]);
export type DueWork = z.infer<typeof DueWork>;

/** Work with its second, as it stands in a bucket and on the queue. `ref` and the step name it: a repeat is the same item. */
export const Due = z.object({ at: z.string(), ref: z.string(), work: DueWork });
export type Due = z.infer<typeof Due>;

/** A partition takes 1,000 writes a second, so an hour's bucket takes 8,000; a tick costs one query per shard. */
export const shardCount = 8;
/** The tick looks back so far for items that were written late. */
const overlapMinutes = 15;
/** A writer's clock and its write may be so far apart. */
const lateWriteSeconds = 10;
/** An outage longer than this is not caught up: what was due then is no help now, and the nightly job repairs the rest. */
const longestGapHours = 7 * 24;

export type Minute = string;

/** `2026-11-30T04:10`, in UTC. */
export function minuteOf(instant: Instant): Minute {
  return instant.slice(0, 16);
}

export function minutesAfter(minute: Minute, minutes: number): Minute {
  return minuteOf(addSeconds(`${minute}:00.000Z`, minutes * 60));
}

/** Spread evenly and the same for ever: FNV-1a of the reference. */
export function shardOf(ref: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < ref.length; i++) hash = Math.imul(hash ^ ref.charCodeAt(i), 0x01000193) >>> 0;
  return hash % shardCount;
}

/** Where a piece of due work stands: `DUE#<hour>#<shard>` / `<minute>#<ref>#<step>`. */
export function dueKey(due: Due): { pk: string; sk: string } {
  return {
    pk: bucket(due.at.slice(0, 13), shardOf(due.ref)),
    sk: `${due.at.slice(14, 16)}#${due.ref}#${due.work.step}`,
  };
}

export function bucket(hour: string, shard: number): string {
  return `DUE#${hour}#${String(shard).padStart(2, '0')}`;
}

/** The tick that runs now hands over up to the end of this minute. */
export function handedThrough(now: Instant): Minute {
  return minutesAfter(minuteOf(now), 1);
}

/** A minute that a tick may already have read is never written: such work goes straight to the queue. */
export function isTooSoonToWrite(at: Instant, now: Instant): boolean {
  return minuteOf(at) <= handedThrough(now);
}

/** Seconds until its second; what is late goes at once. */
export function delaySeconds(at: Instant, now: Instant): number {
  return Math.min(900, Math.max(0, Math.ceil(secondsBetween(now, at))));
}

export type Watermark = { readonly through: Minute; readonly tickedAt: Instant };

/** The stretch that a tick reads: from 15 minutes before the watermark to the end of the next minute. */
export function stretch(watermark: Watermark | undefined, now: Instant): { from: Minute; to: Minute } {
  const to = handedThrough(now);
  const oldest = minuteOf(addSeconds(now, -longestGapHours * 3600));
  const from = watermark ? minutesAfter(watermark.through, 1 - overlapMinutes) : minutesAfter(to, -60);
  return { from: laterOf(from, oldest), to };
}

/** One query per hour (and shard): which minutes of which hour. */
export function hoursOf(from: Minute, to: Minute): { hour: string; first: string; last: string }[] {
  const hours: { hour: string; first: string; last: string }[] = [];
  for (let hour = from.slice(0, 13); hour <= to.slice(0, 13); hour = nextHour(hour)) {
    hours.push({
      hour,
      first: hour === from.slice(0, 13) ? from.slice(14, 16) : '00',
      last: hour === to.slice(0, 13) ? to.slice(14, 16) : '59',
    });
  }
  return hours;
}

function nextHour(hour: string): string {
  return new Date(epochMilliseconds(`${hour}:00:00.000Z`) + 3600_000).toISOString().slice(0, 13);
}

/**
 * Hand over what no tick has: minutes after the watermark, and in the overlap only what was written after the last tick
 * began to read. So nothing is lost and nearly nothing is handed over twice.
 */
export function shouldHandOver(
  item: { readonly at: Instant; readonly writtenAt: Instant },
  watermark: Watermark | undefined,
): boolean {
  if (!watermark || minuteOf(item.at) > watermark.through) return true;
  return item.writtenAt >= addSeconds(watermark.tickedAt, -lateWriteSeconds);
}

function laterOf(a: Minute, b: Minute): Minute {
  if (a < b) return b;
  return a;
}
