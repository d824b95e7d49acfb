import { describe, expect, it } from 'vitest';
import { readTelemetry } from '../../functions/devices/telemetry.ts';
import { aHeartbeat, anOpening, aRecord } from './support/events.ts';

const outcome = (body: unknown, overrides = {}) => {
  const read = readTelemetry(aRecord(body, overrides));
  return read.ok ? read.events.length : read.reason;
};

describe('reading what a box sent', () => {
  it.each<[string, unknown, unknown]>([
    ['one event', anOpening(), 1],
    ['a batch', { v: 1, events: [anOpening(), aHeartbeat({ seq: 2 })] }, 2],
    ['fields that we do not know', { ...anOpening(), colour: 'green' }, 1],
    ['a time with an offset', anOpening({ deviceTime: '2026-11-30T08:01:00+05:30' }), 1],
    ['bytes that are no JSON', '{"v":1,"bootId"', 'malformed'],
    ['an empty message', '', 'malformed'],
    ['a list', [anOpening()], 'malformed'],
    ['an event without a number', { ...anOpening(), seq: undefined }, 'malformed'],
    ['a negative number', { ...anOpening(), seq: -1 }, 'malformed'],
    ['a kind that we do not know', { ...anOpening(), kind: 'exploded' }, 'malformed'],
    ['a time that is none', { ...anOpening(), deviceTime: 'yesterday' }, 'malformed'],
    ['an empty batch', { v: 1, events: [] }, 'malformed'],
    ['a batch of which one cannot be read', { v: 1, events: [anOpening(), { v: 1 }] }, 'malformed'],
    ['version 2', { ...anOpening(), v: 2 }, 'wrong-version'],
    ['more than 8 KB', { ...anOpening(), padding: 'x'.repeat(8192) }, 'oversize'],
  ])('%s: %s', (_, body, expected) => {
    expect(outcome(body)).toBe(expected);
  });

  it('refuses what another client sent to this box’s topic', () => {
    expect(outcome(anOpening(), { clientId: 'CC-9999' })).toBe('wrong-sender');
  });

  it('takes exactly 8 KB', () => {
    const bare = JSON.stringify({ ...anOpening(), padding: '' }).length;
    expect(outcome({ ...anOpening(), padding: 'x'.repeat(8192 - bare) })).toBe(1);
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(readTelemetry({ ...aRecord(''), body: bytes.toString('base64') })).toMatchObject({ reason: 'malformed' });
  });

  it('never repeats in its detail what the bytes said', () => {
    const read = readTelemetry(aRecord({ ...anOpening(), kind: 'Sunita Devi' }));
    expect(read.ok ? '' : read.detail).not.toContain('Sunita');
  });
});
