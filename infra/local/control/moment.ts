import { Temporal } from 'temporal-polyfill';
import { type JsonRecord, textAt } from '../json.ts';
import { BadRequest } from './answer.ts';

/**
 * Where a clock request wants to be, from `now` (epoch ms): `{"advance":"PT6H"}` an ISO duration, `{"to":"2026-11-30T04:10:00Z"}`
 * an instant, or `{"to":"20:00","zone":"Asia/Kolkata"}` the next time a clock there shows it.
 */
export function momentAsked(request: JsonRecord, now: number): number {
  const advance = textAt(request, 'advance');
  const to = textAt(request, 'to');
  try {
    if (advance !== undefined) return now + durationMs(advance);
    if (to === undefined)
      throw new BadRequest('Say "advance" (an ISO duration) or "to" (an instant, or HH:mm with "zone")');
    const wall = /^(\d\d):(\d\d)$/.test(to);
    const target = wall
      ? nextWallTime(to, textAt(request, 'zone') ?? 'Asia/Kolkata', now)
      : Temporal.Instant.from(to).epochMilliseconds;
    if (target < now) throw new BadRequest('Time only moves forward');
    return target;
  } catch (error) {
    throw error instanceof BadRequest ? error : new BadRequest(`Not a time: ${advance ?? to}`);
  }
}

/** Days count 24 hours. */
function durationMs(text: string): number {
  const milliseconds = Temporal.Duration.from(text).total({ unit: 'millisecond', relativeTo: '2026-01-01' });
  if (milliseconds < 0) throw new BadRequest('Time only moves forward');
  return Math.round(milliseconds);
}

function nextWallTime(wall: string, zone: string, now: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const today = local.withPlainTime(wall);
  return (today.epochMilliseconds > now ? today : today.add({ days: 1 })).epochMilliseconds;
}
