import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readTelemetry } from '../../functions/devices/telemetry.ts';
import { TelemetryMessage } from '../../functions/devices/telemetry-shapes.ts';
import { aHeartbeat, anOpening, aRecord, aTimeUpdate } from './support/events.ts';

const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const schema: object = JSON.parse(read('telemetry.schema.json'));
const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': true }, strictRequired: false }).compile(
  schema,
);

/** The indented JSON of the page, each block up to its empty line. */
const blocks = read('telemetry.md')
  .split(/\n\n/)
  .filter((block) => /^ {4}\{/.test(block))
  .map((block): unknown => JSON.parse(block));
const messages = blocks.filter(
  (block) => typeof block === 'object' && block !== null && !('utcOffsetMinutes' in block),
);

describe('the examples of docs/telemetry.md', () => {
  it('are there', () => expect(messages.length).toBeGreaterThanOrEqual(5));

  it.each(messages.map((message) => [JSON.stringify(message)]))('%s is read', (text) => {
    expect(validate(JSON.parse(text))).toBe(true);
    expect(readTelemetry(aRecord(text)).ok).toBe(true);
  });
});

const event = anOpening();
const without = (key: string) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));

describe('the schema in docs and the shapes in code agree', () => {
  it.each<[string, unknown, boolean]>([
    ['an opening', event, true],
    [
      'with all fields',
      { ...event, durationMs: 41_000, compartment: 'AM', batteryMillivolts: 3910, signalDbm: -87 },
      true,
    ],
    ['a heartbeat', aHeartbeat({ uploadIntervalHours: 72 }), true],
    ['a clock that was set', aTimeUpdate({ previousDeviceTime: '2000-01-01T00:00:00Z' }), true],
    ['a kind of another maker', { ...event, kind: 'refilled' }, true],
    ['an unknown field', { ...event, colour: 'green' }, true],
    ['an offset', { ...event, deviceTime: '2026-11-30T08:01:00+05:30' }, true],
    ['a batch', { v: 1, events: [event] }, true],
    ...['v', 'bootId', 'seq', 'deviceTime', 'kind'].map((key): [string, unknown, boolean] => [
      `no ${key}`,
      without(key),
      false,
    ]),
    ['version 2', { ...event, v: 2 }, false],
    ['a fraction as number', { ...event, seq: 1.5 }, false],
    ['a negative number', { ...event, seq: -1 }, false],
    ['a long boot id', { ...event, bootId: 'x'.repeat(25) }, false],
    ['a boot id with a dot', { ...event, bootId: 'a.b' }, false],
    ['a local time', { ...event, deviceTime: '2026-11-30T02:31:00' }, false],
    ['month 13', { ...event, deviceTime: '2026-13-30T02:31:00Z' }, false],
    ['an unknown kind', { ...event, kind: 'exploded' }, false],
    ['an alarm without times', { ...event, kind: 'alarm-changed' }, false],
    ['an alarm at 24:00', { ...event, kind: 'alarm-changed', alarmTimes: ['24:00'] }, false],
    ['an alarm at 20:00', { ...event, kind: 'alarm-changed', alarmTimes: ['20:00'] }, true],
    ['no silence', { ...aHeartbeat(), uploadIntervalHours: 0 }, false],
    ['an empty batch', { v: 1, events: [] }, false],
    ['101 events', { v: 1, events: Array.from({ length: 101 }, () => event) }, false],
    ['a list', [event], false],
    ['a text', 'opening', false],
  ])('on %s', (_, message, valid) => {
    expect([validate(message), z.safeParse(TelemetryMessage, message).success]).toEqual([valid, valid]);
  });
});
