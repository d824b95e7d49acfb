import { epochMilliseconds, type Instant, toInstant } from '../shared/time.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

const minute = 60_000;
/** A clock that is this right is right: dose windows are hours wide. */
export const clockToleranceMs = 10 * minute;
/** Beyond this nobody can say which day it was (domain 3.2): flag rather than guess. */
const clockLimitMs = 24 * 60 * minute;
/** No box keeps events longer; an older time is a clock that began again, whatever its heartbeats say now. */
const longestKeptMs = 60 * 24 * 60 * minute;

/**
 * What a boot has told of its clock: minima and a flag, so that any order and repetition of its messages folds to the same.
 * Only heartbeats count, because they are made at the moment of sending: the least latency among them is nearest to the truth.
 */
export type BootClock = {
  /** Least `receivedAt − deviceTime`: by how much the clock is behind (negative: ahead). */
  readonly offsetMs?: number;
  /** Least `receivedAt − uptime`: when the boot began, at the latest. */
  readonly bootedAtMs?: number;
  /** The clock was set by more than the tolerance within this boot: one offset cannot hold for all of it. */
  readonly stepped?: boolean;
};

type Timed = Pick<TelemetryEvent, 'deviceTime' | 'uptimeMs'>;

/** Adds what one event says about its boot's clock. */
export function foldClock(clock: BootClock, event: TelemetryEvent, receivedAt: Instant): BootClock {
  const received = epochMilliseconds(receivedAt);
  if (event.kind === 'time-updated') {
    const before = event.previousDeviceTime;
    const step = before === undefined ? undefined : Date.parse(event.deviceTime) - Date.parse(before);
    return step === undefined || Math.abs(step) > clockToleranceMs ? { ...clock, stepped: true } : clock;
  }
  if (event.kind !== 'heartbeat') return clock;
  const offsetMs = least(clock.offsetMs, received - Date.parse(event.deviceTime));
  const booted = event.uptimeMs === undefined ? undefined : received - event.uptimeMs;
  return {
    ...clock,
    offsetMs,
    ...(booted !== undefined && { bootedAtMs: least(clock.bootedAtMs, booted) }),
  };
}

export type Judged =
  | {
      readonly kind: 'known';
      readonly at: Instant;
      readonly clock: 'good' | 'estimated';
      /** Believed only because no heartbeat of the boot has said anything yet. */
      readonly unchecked?: boolean;
    }
  | { readonly kind: 'impossible'; readonly detail: string; readonly estimatedAt?: Instant };

/**
 * When an event happened. The box's clock is believed when it is within ten minutes of ours, or while no heartbeat of the
 * boot says otherwise; it is corrected up to 24 hours; beyond that, or when the result lies in the future, it is impossible
 * and a person decides. In a boot whose clock was set, the time since the boot decides instead.
 */
export function judgeTime(event: Timed, receivedAt: Instant, clock: BootClock): Judged {
  const device = Date.parse(event.deviceTime);
  const received = epochMilliseconds(receivedAt);
  if (Math.abs(received - device) <= clockToleranceMs) return known(device, 'good');
  const offset = offsetFor(event, device, clock);
  const corrected = device + (offset ?? 0);
  if (received - corrected > longestKeptMs)
    return impossible(
      `The box says ${far(received - device)} ago, longer than a box keeps events.`,
      byUptime(event, clock),
    );
  if (offset === undefined) {
    if (device > received) return impossible(`The box says ${far(device - received)} in the future.`, received);
    return { ...known(device, 'estimated'), unchecked: true };
  }
  if (Math.abs(offset) > clockLimitMs)
    return impossible(`The box's clock is ${far(offset)} ${offset > 0 ? 'behind' : 'ahead'}.`, corrected, received);
  if (corrected > received + clockToleranceMs)
    return impossible(`Corrected, it would be ${far(corrected - received)} in the future.`, received);
  return Math.abs(offset) <= clockToleranceMs
    ? known(device, 'good')
    : known(Math.min(corrected, received), 'estimated');
}

function offsetFor(event: Timed, device: number, clock: BootClock): number | undefined {
  const counted = clock.stepped ? byUptime(event, clock) : undefined;
  return counted === undefined ? clock.offsetMs : counted - device;
}

/** When it happened by the box's count since its start, which setting the clock does not touch. */
function byUptime(event: Timed, clock: BootClock): number | undefined {
  if (event.uptimeMs === undefined || clock.bootedAtMs === undefined) return undefined;
  return clock.bootedAtMs + event.uptimeMs;
}

/** When an event happened by the box's clock and when it reached us, epoch seconds. */
export type Mark = readonly [deviceAt: number, receivedAt: number];

export function markOf(event: Timed, receivedAt: Instant): Mark {
  return [Math.floor(Date.parse(event.deviceTime) / 1000), Math.floor(epochMilliseconds(receivedAt) / 1000)];
}

/**
 * Between which instants an event can have happened, epoch seconds, for saying how far the box has spoken: `early` never
 * claims too much, `late` never too little. A clock that cannot be right has no `early`.
 */
export function bounds([device, received]: Mark, clock: BootClock): { early?: number; late: number } {
  const offset = Math.floor((clock.offsetMs ?? 0) / 1000);
  const right = !clock.stepped && Math.abs(offset) * 1000 <= clockToleranceMs;
  const late = right ? Math.min(device, received) : received;
  const lost = Math.abs(offset) * 1000 > clockLimitMs || (device - received) * 1000 > clockLimitMs;
  return lost && !clock.stepped ? { late } : { early: Math.min(received, device, device + offset), late };
}

function known(at: number, clock: 'good' | 'estimated') {
  return { kind: 'known', at: toInstant(at), clock } as const;
}

function impossible(detail: string, estimate: number | undefined, latest?: number): Judged {
  if (estimate === undefined) return { kind: 'impossible', detail };
  return { kind: 'impossible', detail, estimatedAt: toInstant(Math.min(estimate, latest ?? estimate)) };
}

function least(a: number | undefined, b: number): number {
  return a === undefined ? b : Math.min(a, b);
}

function far(milliseconds: number): string {
  const hours = Math.abs(milliseconds) / 3_600_000;
  if (hours < 48) return `${hours.toFixed(1)} hours`;
  return `${Math.round(hours / 24)} days`;
}
