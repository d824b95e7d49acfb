import { describe, expect, it } from 'vitest';
import { type BoxFacts, boxCondition, silentFrom } from '../../functions/devices/box-condition.ts';

const now = '2026-11-30T12:00:00.000Z';
const box = (facts: Partial<BoxFacts>): BoxFacts => ({
  status: 'active',
  hasCertificate: true,
  uploadIntervalHours: 1,
  lastHeardAt: '2026-11-30T11:30:00.000Z',
  batteryMillivolts: 3900,
  heldFrom: '2026-11-01T00:00:00.000Z',
  ...facts,
});

describe('the condition of a box in one word', () => {
  it.each<[string, Partial<BoxFacts>, string]>([
    ['heard in time with a good battery', {}, 'ok'],
    ['battery at 3600 mV', { batteryMillivolts: 3600 }, 'ok'],
    ['battery at 3599 mV', { batteryMillivolts: 3599 }, 'battery-low'],
    ['exactly twice its interval ago', { lastHeardAt: '2026-11-30T10:00:00.000Z' }, 'ok'],
    ['a moment longer', { lastHeardAt: '2026-11-30T09:59:59.999Z' }, 'silent'],
    [
      'two days ago, with an interval of 48 hours',
      { lastHeardAt: '2026-11-28T12:00:00.000Z', uploadIntervalHours: 48 },
      'ok',
    ],
    ['silence outweighs a low battery', { lastHeardAt: '2026-11-29T00:00:00.000Z', batteryMillivolts: 3400 }, 'silent'],
    ['never heard, just handed over', { lastHeardAt: undefined, heldFrom: '2026-11-30T11:59:00.000Z' }, 'never-heard'],
    ['quiet in stock is no silence', { lastHeardAt: '2026-01-01T00:00:00.000Z', heldFrom: undefined }, 'ok'],
    ['without a certificate', { hasCertificate: false }, 'revoked'],
    ['lost', { status: 'lost' }, 'lost'],
    ['retired', { status: 'retired', hasCertificate: false }, 'retired'],
  ])('%s', (_, facts, condition) => {
    expect(boxCondition(box(facts), now)).toBe(condition);
  });

  it('counts the silence of a box that lay in stock from when it was handed over', () => {
    expect(silentFrom(box({ lastHeardAt: '2026-01-01T00:00:00.000Z', heldFrom: '2026-11-30T11:00:00.000Z' }))).toBe(
      '2026-11-30T13:00:00.000Z',
    );
  });
});
