import type { TelemetryRecord } from '../../../functions/devices/telemetry.ts';
import type { TelemetryEvent } from '../../../functions/devices/telemetry-shapes.ts';

type Of<K extends TelemetryEvent['kind']> = Extract<TelemetryEvent, { kind: K }>;

const base = { v: 1, bootId: 'b1', seq: 1, deviceTime: '2026-11-30T02:31:00Z', uptimeMs: 60_000 } as const;

export function anOpening(overrides: Partial<Of<'opening'>> = {}): Of<'opening'> {
  return { ...base, kind: 'opening', ...overrides };
}

export function aHeartbeat(overrides: Partial<Of<'heartbeat'>> = {}): Of<'heartbeat'> {
  return { ...base, kind: 'heartbeat', ...overrides };
}

export function aTimeUpdate(
  overrides: Partial<Omit<Of<'time-updated'>, 'previousDeviceTime'>> & { previousDeviceTime?: string | undefined } = {},
): Of<'time-updated'> {
  const { previousDeviceTime, ...rest } = overrides;
  return { ...base, kind: 'time-updated', ...rest, ...(previousDeviceTime !== undefined && { previousDeviceTime }) };
}

/** What the topic rule makes of a message. Text goes as it is, so that it can be malformed. */
export function aRecord(
  body: unknown,
  overrides: { boxId?: string; clientId?: string; receivedAt?: string } = {},
): TelemetryRecord {
  const boxId = overrides.boxId ?? 'CC-4471';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    body: Buffer.from(text).toString('base64'),
    boxId,
    clientId: overrides.clientId ?? boxId,
    receivedAt: Date.parse(overrides.receivedAt ?? '2026-11-30T02:31:02.000Z'),
  };
}
