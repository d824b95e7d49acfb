import * as z from 'zod/mini';
import { epochMilliseconds, type Instant, toInstant } from '../shared/time.ts';
import { type BootClock, foldClock, type Judged, judgeTime, markOf } from './clock.ts';
import { addSeq, type BootRuns, hasSeq, type Run, type Spoken, spoken } from './sequence.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

const Mark = z.tuple([z.number(), z.number()]);
const Boot = z.object({
  runs: z.array(z.tuple([z.number(), z.number(), Mark, Mark])),
  offsetMs: z.optional(z.number()),
  bootedAtMs: z.optional(z.number()),
  stepped: z.optional(z.boolean()),
  previousBootId: z.optional(z.string()),
  previousLastSeq: z.optional(z.number()),
});
type Boot = z.infer<typeof Boot>;

/** A value with the receipt and number that it came with: the later one stands, whichever is read first. */
const latest = <T extends z.ZodMiniType>(value: T) => z.tuple([value, z.number(), z.number()]);

/** An opening whose time a later heartbeat may still correct. */
const Unsettled = z.object({
  bootId: z.string(),
  seq: z.number(),
  deviceTime: z.string(),
  uptimeMs: z.optional(z.number()),
  durationMs: z.optional(z.number()),
  receivedAt: z.string(),
  /** When we said it happened, and under which id; absent while it is in quarantine. */
  at: z.optional(z.string()),
  evidenceId: z.optional(z.string()),
  quarantineId: z.optional(z.string()),
});
export type Unsettled = z.infer<typeof Unsettled>;

/** All that a box has told, folded. About 600 bytes; more than a few boots and holes are forgotten oldest first. */
export const BoxState = z.object({
  boots: z.record(z.string(), Boot),
  heardAt: z.optional(z.string()),
  openedAt: z.optional(z.string()),
  battery: z.optional(latest(z.number())),
  signal: z.optional(latest(z.number())),
  interval: z.optional(latest(z.number())),
  alarm: z.optional(
    latest(z.object({ times: z.array(z.string()), at: z.string(), requestId: z.optional(z.string()) })),
  ),
  unsettled: z.optional(z.array(Unsettled)),
  /** Treatment has nothing to learn from this box before it has spoken past this instant. */
  nextWindowEnd: z.optional(z.string()),
  /** When something last came that we could not believe. */
  quarantinedAt: z.optional(z.string()),
});
export type BoxState = z.infer<typeof BoxState>;

export type Received = { readonly event: TelemetryEvent; readonly receivedAt: Instant };

const keptBoots = 6;
const keptUnsettled = 12;

/**
 * Where a boot stands among the others. A name that every object has from birth (`constructor`, `__proto__`) gets a dot, which
 * no boot id may hold: neither a look-up nor the table's client would take it for a boot.
 */
function bootKey(bootId: string): string {
  return bootId in {} ? `${bootId}.` : bootId;
}

export function isKnown(state: BoxState, event: { bootId: string; seq: number }): boolean {
  return (
    hasSeq(state.boots[bootKey(event.bootId)]?.runs ?? [], event.seq) ||
    (state.unsettled ?? []).some((held) => held.bootId === event.bootId && held.seq === event.seq)
  );
}

/** What an event says beside being counted: life, clock, battery, signal, interval, settings. */
export function foldFacts(state: BoxState, { event, receivedAt }: Received): BoxState {
  const key = bootKey(event.bootId);
  const known = state.boots[key] ?? { runs: [] };
  const boot: Boot = {
    ...known,
    ...foldClock(clockOf(known), event, receivedAt),
    ...(event.kind === 'boot' &&
      event.previousBootId !== undefined && { previousBootId: bootKey(event.previousBootId) }),
    ...(event.kind === 'boot' && event.previousLastSeq !== undefined && { previousLastSeq: event.previousLastSeq }),
  };
  const stamp: Stamp = [epochMilliseconds(receivedAt), event.seq];
  const battery = latestOf(state.battery, event.batteryMillivolts, stamp);
  const signal = latestOf(state.signal, event.signalDbm, stamp);
  const interval = latestOf(state.interval, event.uploadIntervalHours, stamp);
  const alarm = latestOf(state.alarm, event.kind === 'alarm-changed' ? alarmOf(event, receivedAt) : undefined, stamp);
  return {
    ...state,
    boots: lastBoots({ ...state.boots, [key]: boot }, key),
    heardAt: later(state.heardAt, receivedAt),
    ...(battery && { battery }),
    ...(signal && { signal }),
    ...(interval && { interval }),
    ...(alarm && { alarm }),
  };
}

function alarmOf(event: Extract<TelemetryEvent, { kind: 'alarm-changed' }>, receivedAt: Instant) {
  const at = judgeTime(event, receivedAt, {});
  return {
    times: [...event.alarmTimes].sort(),
    at: at.kind === 'known' ? at.at : receivedAt,
    ...(event.requestId !== undefined && { requestId: event.requestId }),
  };
}

/** Counts an event as dealt with: a repeat of it changes nothing from now on. */
export function countSeq(state: BoxState, { event, receivedAt }: Received): BoxState {
  const key = bootKey(event.bootId);
  const boot = state.boots[key] ?? { runs: [] };
  const runs = addSeq(boot.runs, event.seq, markOf(event, receivedAt));
  return { ...state, boots: { ...state.boots, [key]: { ...boot, runs: runs.map(storedRun) } } };
}

function storedRun([from, to, first, last]: Run): Boot['runs'][number] {
  return [from, to, [...first], [...last]];
}

export function judgeIn(
  state: BoxState,
  event: Parameters<typeof judgeTime>[0] & { bootId: string },
  receivedAt: Instant,
): Judged {
  return judgeTime(event, receivedAt, clockOf(state.boots[bootKey(event.bootId)]));
}

/** More doubts than are kept: the oldest openings stand as they were recorded, and their numbers count. */
export function withUnsettled(state: BoxState, unsettled: readonly Unsettled[]): BoxState {
  let next: BoxState = { ...state, unsettled: unsettled.slice(-keptUnsettled) };
  for (const one of unsettled.slice(0, -keptUnsettled)) {
    const event = { v: 1 as const, kind: 'opening' as const, ...one };
    if (one.at !== undefined) next = countSeq(next, { event, receivedAt: one.receivedAt });
  }
  return next;
}

export function withOpened(state: BoxState, at: Instant): BoxState {
  return { ...state, openedAt: later(state.openedAt, at) };
}

export function withQuarantined(state: BoxState, receivedAt: Instant): BoxState {
  return { ...state, quarantinedAt: later(state.quarantinedAt, receivedAt) };
}

/** How far the box has spoken and where it left something out, by all that we know of its clocks now. */
export function spokenBy(state: BoxState): { heardThrough?: Instant; gaps: { from: Instant; to: Instant }[] } {
  const result: Spoken = spoken(
    Object.entries(state.boots).map(
      ([bootId, boot]): BootRuns => ({
        bootId,
        runs: boot.runs,
        clock: clockOf(boot),
        ...(boot.previousBootId !== undefined && { previousBootId: boot.previousBootId }),
        ...(boot.previousLastSeq !== undefined && { previousLastSeq: boot.previousLastSeq }),
      }),
    ),
  );
  return {
    ...(result.through !== undefined && { heardThrough: toInstant(result.through * 1000) }),
    gaps: result.gaps.map((gap) => ({ from: toInstant(gap.from * 1000), to: toInstant(gap.to * 1000) })),
  };
}

function clockOf(boot: Boot | undefined): BootClock {
  if (boot === undefined) return {};
  return {
    ...(boot.offsetMs !== undefined && { offsetMs: boot.offsetMs }),
    ...(boot.bootedAtMs !== undefined && { bootedAtMs: boot.bootedAtMs }),
    ...(boot.stepped !== undefined && { stepped: boot.stepped }),
  };
}

type Stamp = readonly [receivedAt: number, seq: number];

/** The value that was received last, and of one message the one with the higher number. */
function latestOf<T>(now: [T, number, number] | undefined, value: T | undefined, [receivedAt, seq]: Stamp) {
  if (value === undefined) return now;
  const stands = now !== undefined && (now[1] > receivedAt || (now[1] === receivedAt && now[2] >= seq));
  return stands ? now : ([value, receivedAt, seq] satisfies [T, number, number]);
}

function later(a: Instant | undefined, b: Instant): Instant {
  return a !== undefined && a > b ? a : b;
}

/** Forgets the boot that was received longest ago, never the one that speaks now. */
function lastBoots(boots: Record<string, Boot>, speaking: string): Record<string, Boot> {
  const ids = Object.keys(boots);
  if (ids.length <= keptBoots) return boots;
  const lastReceived = (boot: Boot | undefined) => boot?.runs.at(-1)?.[3][1] ?? 0;
  const oldest = ids.filter((id) => id !== speaking).sort((a, b) => lastReceived(boots[a]) - lastReceived(boots[b]))[0];
  return Object.fromEntries(Object.entries(boots).filter(([id]) => id !== oldest));
}
