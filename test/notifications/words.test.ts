import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Template, templates } from '../../functions/notifications/message.ts';
import { afterQuiet, firstAllowed } from '../../functions/notifications/preferences.ts';
import { say, withLink } from '../../functions/notifications/words.ts';
import { zoned } from '../../functions/shared/time.ts';

/** The longest that each parameter gets. */
const longest = {
  code: 'GUM-0388-2',
  by: '12:40',
  time: '20:00',
  days: 56,
  now: 99,
  promised: 99,
  ask: 99,
  boxes: 99,
  open: 150,
  late: 99,
  climbed: 99,
  noContact: 99,
};
const gsm7 = /^[A-Za-z0-9 .,:!?'()%+\-/\n]*$/;

describe.each([...templates])('the words of %s', (template) => {
  it('fit into one SMS part: 160 characters in English, 70 in Hindi', () => {
    const english = say(template, longest, 'en').text;
    expect(english.length).toBeLessThanOrEqual(160);
    expect(english).toMatch(gsm7);
    expect(say(template, longest, 'hi').text.length).toBeLessThanOrEqual(70);
  });

  it('tell a passer-by nothing', () => {
    for (const language of ['en', 'hi']) {
      const { title, text } = say(template, longest, language);
      expect(`${title} ${text}`).not.toMatch(
        /\bTB\b|tubercul|टीबी|क्षय|dose|medicine|pill|tablet|दवा|गोली|hospital|अस्पताल|drug/i,
      );
      expect(`${title} ${text}`).not.toContain('{');
    }
  });
});

it('has words for every template', () => {
  expect(Template.options).toEqual([...templates]);
});

it('stays within one English part with the link, and two Hindi ones', () => {
  const link = 'https://care.example.org/o#0123456789012345678901';
  expect(withLink(say('alert-climbed', longest, 'en').text, link, 'en').length).toBeLessThanOrEqual(160);
  expect(withLink(say('alert-climbed', longest, 'hi').text, link, 'hi').length).toBeLessThanOrEqual(134);
});

describe('quiet hours', () => {
  const zones = fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'UTC');
  const clock = fc
    .integer({ min: 0, max: 47 })
    .map((half) => `${String(half >> 1).padStart(2, '0')}:${half & 1 ? '30' : '00'}`);
  const instant = fc
    .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    .map((ms) => new Date(ms - (ms % 60_000)).toISOString());

  it.each([
    ['2026-11-30T16:00:00.000Z', '2026-12-01T01:30:00.000Z'],
    ['2026-11-30T20:00:00.000Z', '2026-12-01T01:30:00.000Z'],
    ['2026-11-30T12:00:00.000Z', '2026-11-30T12:00:00.000Z'],
  ])('from 21:00 to 07:00 in India let %s go at %s', (now, at) => {
    expect(afterQuiet(now, 'Asia/Kolkata', { from: '21:00', to: '07:00' })).toBe(at);
  });

  it('end in the hour that a clock change repeats, the second time too', () => {
    const now = '2026-11-01T06:15:00.000Z';
    for (const from of ['01:00', '22:00'])
      expect(afterQuiet(now, 'America/New_York', { from, to: '01:30' })).toBe('2026-11-01T06:30:00.000Z');
  });

  it('defer, never drop, and never into another quiet hour', () => {
    fc.assert(
      fc.property(instant, zones, clock, clock, (now, zone, from, to) => {
        const at = firstAllowed(now, zone, [{ from, to }]);
        expect(at >= now).toBe(true);
        expect(Date.parse(at) - Date.parse(now)).toBeLessThanOrEqual(26 * 3600_000);
        const local = zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
        const inside = from > to ? local >= from || local < to : from <= local && local < to;
        if (from !== to) expect(inside).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
