import * as z from 'zod/mini';
import { ClockTime } from '../shared/shapes.ts';

/** The box's own clock: RFC 3339 with `Z` or an offset, to the second or finer. It may be wrong; see `clock.ts`. */
const DeviceTime = z.iso.datetime({ offset: true });
const Counter = z.int().check(z.gte(0), z.lte(4_294_967_295));
/** Chosen by the firmware anew at every start: a counter or random characters. */
const BootId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,24}$/));

/**
 * What every event carries. Who sent it is the certificate and the topic, never the body.
 * `seq` counts from 0 (or 1) within a boot, one more for each event; `uptimeMs` counts since that boot, in sleep too.
 */
const every = {
  v: z.literal(1),
  bootId: BootId,
  seq: Counter,
  deviceTime: DeviceTime,
  uptimeMs: z.optional(z.int().check(z.gte(0))),
  batteryMillivolts: z.optional(z.int().check(z.gte(0), z.lte(20_000))),
  signalDbm: z.optional(z.int().check(z.gte(-200), z.lte(0))),
  uploadIntervalHours: z.optional(z.number().check(z.positive(), z.lte(24 * 15))),
};

/** The lid was opened. */
export const Opening = z.object({
  ...every,
  kind: z.literal('opening'),
  /** How long the lid stayed open, where the hardware knows. */
  durationMs: z.optional(z.int().check(z.gte(0))),
  compartment: z.optional(z.string().check(z.regex(/^[A-Za-z0-9-]{1,16}$/))),
});
/** Made at each attempt to send. A box that has nothing else to say says this. */
export const Heartbeat = z.object({ ...every, kind: z.literal('heartbeat') });
export const Battery = z.object({ ...every, kind: z.literal('battery') });
/** The box has taken over settings: what it shows and does from now on. Repeats the shadow's `requestId`. */
export const AlarmChanged = z.object({
  ...every,
  kind: z.literal('alarm-changed'),
  alarmTimes: z.array(ClockTime).check(z.maxLength(8)),
  requestId: z.optional(z.string().check(z.maxLength(40))),
});
/** The clock was set. `deviceTime` is the new time, `previousDeviceTime` what it showed just before. */
export const TimeUpdated = z.object({
  ...every,
  kind: z.literal('time-updated'),
  previousDeviceTime: z.optional(DeviceTime),
});
/** First event after a start. `previousLastSeq` is the last number that the boot before gave out. */
export const Boot = z.object({
  ...every,
  kind: z.literal('boot'),
  previousBootId: z.optional(BootId),
  previousLastSeq: z.optional(Counter),
});
/** Known from other makers' boxes; kept as signs of life. */
export const Other = z.object({ ...every, kind: z.enum(['refilled', 'no-measurement', 'low-battery']) });

/** Telemetry v1, one event. Unknown fields are ignored, an unknown kind or version is not. */
export const TelemetryEvent = z.discriminatedUnion('kind', [
  Opening,
  Heartbeat,
  Battery,
  AlarmChanged,
  TimeUpdated,
  Boot,
  Other,
]);
export type TelemetryEvent = z.infer<typeof TelemetryEvent>;

/** Several events in one message, oldest first. */
export const TelemetryBatch = z.object({
  v: z.literal(1),
  events: z.array(TelemetryEvent).check(z.minLength(1), z.maxLength(100)),
});

/** What a box publishes: one event or a batch, UTF-8 JSON, at most `telemetryLimits.bytes`. */
export const TelemetryMessage = z.union([TelemetryEvent, TelemetryBatch]);

export const telemetryLimits = { bytes: 8 * 1024, events: 100 } as const;
