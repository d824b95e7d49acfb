import { describe, expect, it } from 'vitest';
import { addDays } from '../../functions/shared/time.ts';
import { band, bandPolicies, currentBandPolicy, shouldAsk } from '../../functions/treatment/bands.ts';
import { statusOfLetter } from '../../functions/treatment/dose-status.ts';
import { interruptionAdvice } from '../../functions/treatment/interruption.ts';

const policy = bandPolicies[currentBandPolicy];
if (!policy) throw new Error('no policy');

/** One letter a day, the last one yesterday; `-` nothing due. */
function days(letters: string, critical = false) {
  return [...letters].map((letter, index) => {
    const status = statusOfLetter(letter);
    return { localDate: addDays('2026-11-30', index - letters.length), statuses: status ? [status] : [], critical };
  });
}

describe('bands', () => {
  it.each([
    ['ooooooo', 'none', 'none'],
    ['oooooon', 'single', 'single'],
    ['onoooon', 'yellow', '2-of-7'],
    ['oooonno', 'yellow', '2-of-7'],
    ['ooooonn', 'yellow', '2-in-a-row'],
    ['oooonnn', 'red', '3-in-a-row'],
    ['nonoonn', 'red', '4-of-7'],
    ['nnnnooooooo', 'none', 'none'],
    ['oooonqn', 'yellow', '2-in-a-row'],
    ['oooqqqq', 'none', 'none'],
    ['ooonhhn', 'yellow', '2-in-a-row'],
    ['oooonan', 'yellow', '2-in-a-row'],
    ['n-n-n', 'red', '3-in-a-row'],
    ['ooooooy', 'none', 'none'],
    ['oooommm', 'red', '3-in-a-row'],
  ])('%s is %s by %s', (letters, expected, ruleId) => {
    expect(band(days(letters), policy, '2026-11-30')).toMatchObject({
      band: expected,
      ruleId,
      policyVersion: 'dr-tb-1',
    });
  });

  it('any two in critical weeks are red, and one is already critical', () => {
    expect(band(days('noooono', true), policy, '2026-11-30')).toMatchObject({
      band: 'red',
      ruleId: '2-critical',
      critical: true,
    });
    expect(band(days('oooooon', true), policy, '2026-11-30')).toMatchObject({ band: 'single', critical: true });
  });

  it.each([
    [6, 0],
    [7, 7],
    [13, 7],
    [14, 14],
    [28, 28],
    [55, 28],
    [56, 56],
  ])('%i days in a row stand at gate %i', (length, gate) => {
    expect(band(days(`o${'n'.repeat(length)}`), policy, '2026-11-30').gate).toBe(gate);
  });

  it('a gate needs whole days without a dose', () => {
    const half = Array.from({ length: 9 }, (_, index) => ({
      localDate: addDays('2026-11-21', index),
      statuses: ['opened', 'shut'] as const,
      critical: false,
    }));
    expect(band(half, policy, '2026-11-30')).toMatchObject({ gate: 0, run: 9, band: 'red' });
  });
});

describe('asking the patient', () => {
  it.each([
    ['qq', false, false],
    ['qqq', false, true],
    ['oqqwo', false, false],
    ['oqwq', false, true],
    ['qnqq', false, false],
    ['q', true, true],
    ['aaaa', false, false],
    ['q-q-q', false, true],
  ])('after %s (critical: %s): %s', (letters, critical, ask) => {
    expect(shouldAsk(days(letters, critical), policy).ask).toBe(ask);
  });
});

describe('interruption advice', () => {
  const gap = {
    regimen: 'bpalm',
    whole: true,
    drugs: ['bedaquiline', 'linezolid'],
    cumulativeDays: 0,
    cumulativeNotKnownDays: 0,
    treatmentDay: 60,
    notKnownDays: 0,
    heldDays: 0,
  } as const;
  const rules = (input: Parameters<typeof interruptionAdvice>[0]) => interruptionAdvice(input).map((one) => one.ruleId);

  it.each([
    [1, 'loading', ['bdq-loading-missed', 'bpal-reintroduce']],
    [14, 'maintenance', ['bdq-under-2-weeks', 'bpal-reintroduce', 'bpal-over-7-days']],
    [15, 'maintenance', ['bdq-2-to-8-weeks', 'bpal-over-7-days', 'bpal-over-limits']],
    [56, 'maintenance', ['bdq-2-to-8-weeks', 'bpal-over-7-days', 'bpal-over-limits']],
    [57, 'maintenance', ['bdq-over-8-weeks', 'bpal-over-7-days', 'bpal-over-limits']],
  ] as const)('for BPaLM after %i days in %s', (consecutiveDays, step, expected) => {
    expect(rules({ ...gap, consecutiveDays, step })).toEqual(expected);
  });

  it('keeps to the drug’s own rules when only that drug stopped', () => {
    expect(rules({ ...gap, whole: false, drugs: ['bedaquiline'], consecutiveDays: 20, step: 'maintenance' })).toEqual([
      'bdq-2-to-8-weeks',
    ]);
  });

  it.each([
    [13, 20, 'intensive', ['ds-first-month-under-2-weeks']],
    [14, 20, 'intensive', ['ds-first-month-2-to-7-weeks']],
    [13, 40, 'intensive', ['ds-intensive-under-14-days']],
    [14, 40, 'intensive', ['ds-intensive-14-days']],
    [59, 100, 'continuation', ['ds-continuation-under-2-months']],
    [60, 100, 'continuation', ['ds-continuation-under-2-months', 'lost-to-follow-up-who']],
  ])('for first-line treatment after %i days from day %i (%s)', (consecutiveDays, treatmentDay, phase, expected) => {
    expect(rules({ ...gap, regimen: 'first-line', drugs: [], consecutiveDays, treatmentDay, phase })).toEqual(expected);
  });

  it('says rule, version, citation and inputs', () => {
    expect(interruptionAdvice({ ...gap, consecutiveDays: 20, step: 'maintenance' })[0]).toMatchObject({
      ruleId: 'bdq-2-to-8-weeks',
      version: '1',
      citation: expect.stringContaining('2508'),
      inputs: { consecutiveDays: 20, regimen: 'bpalm', drugs: 'bedaquiline linezolid' },
    });
  });
});
