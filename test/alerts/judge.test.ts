import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../functions/alerts/alert.ts';
import { type DayFact, type DoseFacts, judge } from '../../functions/alerts/judge.ts';
import { alertPolicy } from '../../functions/alerts/policy.ts';
import { sayReason } from '../../functions/alerts/reason.ts';
import { addDays } from '../../functions/shared/time.ts';
import { type StatusKey, statusKeys } from '../../functions/treatment/dose-status.ts';

const policy = alertPolicy();
const today = '2026-11-30';

/** Days that end yesterday, oldest first; today is still open. */
function facts(statuses: readonly StatusKey[], options: { loading?: boolean; today?: string } = {}): DoseFacts {
  const last = options.today ?? today;
  const days: DayFact[] = statuses.map((status, index) => ({
    localDate: addDays(last, index - statuses.length),
    critical: options.loading ?? false,
    loading: options.loading ?? false,
    slots: [{ name: 'morning', status }],
  }));
  return { now: `${last}T04:10:00.000Z`, today: last, days, start: addDays(last, -20) };
}

function anAlert(overrides: Partial<Alert> = {}): Alert {
  return {
    alertId: 'alt_1',
    patientId: 'pat_1',
    patientCode: 'GUM-0388-2',
    teamId: 'team_1',
    band: 'red',
    critical: false,
    reason: { key: 'days-running', params: { count: 3, slot: 'morning', reporting: true } },
    state: 'triggered',
    ownerId: 'usr_nurse',
    ownerBy: 'team',
    rung: 0,
    gate: 0,
    openedAt: '2026-11-30T03:30:00.000Z',
    misses: [27, 28, 29].map((day) => ({ localDate: `2026-11-${day}`, slot: 'morning', status: 'shut' })),
    told: [],
    annotations: [],
    policyVersion: 'a1',
    version: 1,
    ...overrides,
  };
}

describe('opening an alert', () => {
  it.each<[string, StatusKey[], boolean, string]>([
    ['one dose not opened stays on the worklist', ['opened', 'opened', 'shut'], false, 'notice'],
    ['two of the last seven are yellow', ['opened', 'shut', 'opened', 'shut'], false, 'yellow'],
    ['three running are red', ['opened', 'shut', 'shut', 'shut'], false, 'red'],
    ['four of seven are red', ['shut', 'opened', 'shut', 'opened', 'shut', 'opened', 'shut'], false, 'red'],
    ['any miss in a loading week is red', ['opened', 'opened', 'shut'], true, 'red'],
  ])('%s', (_, statuses, loading, band) => {
    expect(judge(undefined, facts(statuses, { loading }), policy)).toMatchObject({ verdict: 'open', band });
  });

  it.each<StatusKey[][]>([
    [['opened', 'waiting', 'waiting', 'waiting']],
    [['silent', 'silent', 'silent']],
    [['away', 'hold', 'yet']],
  ])('never comes of silence: %j', (statuses) => {
    expect(judge(undefined, facts(statuses), policy)).toEqual({ verdict: 'nothing' });
  });

  it('tells of each miss when the team asks for it', () => {
    const every = alertPolicy({ everyMiss: true });
    expect(judge(undefined, facts(['opened', 'shut']), every)).toMatchObject({ verdict: 'open', band: 'yellow' });
  });

  it('says in which loading week how many doses were not opened', () => {
    const outcome = judge(undefined, facts(['opened', 'shut'], { loading: true }), policy);
    expect(outcome).toMatchObject({ reason: { key: 'critical-miss', params: { count: 1, week: 3 } } });
  });

  it.each<[string, StatusKey[], string, string]>([
    ['a box stayed shut', ['shut', 'shut', 'shut'], 'Morning dose not opened 3 days running. Box is reporting.', 'खुली'],
    ['somebody knows', ['missed', 'missed', 'missed'], 'Morning dose missed 3 days running.', 'छूट गई'],
    ['only some are known', ['missed', 'shut', 'missed'], 'Morning dose not opened 3 days running.', 'खुली'],
    ['somebody knows of two', ['opened', 'missed', 'opened', 'missed'], 'Missed on 2 of the last 7 days.', 'छूट गई'],
  ])('says what is known: %s', (_, statuses, english, hindi) => {
    const outcome = judge(undefined, facts(statuses), policy);
    const reason = outcome.verdict === 'open' ? outcome.reason : undefined;
    expect(reason && sayReason(reason, 'en')).toBe(english);
    expect(reason && sayReason(reason, 'hi')).toContain(hindi);
  });

  it('leaves to its task what the patient said they cannot take', () => {
    const { days, ...rest } = facts(['opened', 'missed']);
    const said = days.map((day) => ({
      ...day,
      slots: day.slots.map((slot) => ({
        ...slot,
        ...(slot.status === 'missed' && { detail: 'cannot-take' as const }),
      })),
    }));
    expect(judge(undefined, { ...rest, days: said }, policy)).toEqual({ verdict: 'nothing' });
  });
});

describe('after somebody closed it', () => {
  const closed = anAlert({
    state: 'resolved',
    handledThrough: '2026-11-29',
    outcome: { kind: 'reached-not-taken', at: '2026-11-30T04:00:00.000Z' },
  });

  it('notes an opening that arrives late, for the one who was on it to hear', () => {
    const outcome = judge(closed, facts(['opened', 'shut', 'opened', 'shut']), policy);
    const misses = [{}, { arrivedLate: '2026-11-30T04:10:00.000Z' }, {}];
    expect(outcome).toMatchObject({ verdict: 'late', tell: true, alert: { state: 'resolved', misses } });
  });

  it('tells nobody of what staff typed as its outcome', () => {
    const outcome = judge(closed, facts(['opened', 'said', 'shut', 'shut']), policy);
    expect(outcome).toMatchObject({ verdict: 'late', tell: false });
  });

  it('does not open again for the misses that were dealt with', () => {
    expect(judge(closed, facts(['opened', 'shut', 'shut', 'shut']), policy)).toEqual({ verdict: 'nothing' });
  });

  it('opens again for a new miss', () => {
    const next = facts(['opened', 'shut', 'shut', 'shut', 'shut'], { today: '2026-12-01' });
    expect(judge(closed, next, policy)).toMatchObject({
      verdict: 'open',
      band: 'red',
      misses: [{ localDate: '2026-11-30' }],
    });
  });

  it('waits on the worklist until the promised visit', () => {
    const promised = {
      ...closed,
      outcome: {
        kind: 'visit-planned' as const,
        at: closed.openedAt,
        nextStep: { kind: 'visit' as const, on: '2026-12-02' },
      },
    };
    const next = facts(['opened', 'shut', 'shut', 'shut', 'shut'], { today: '2026-12-01' });
    expect(judge(promised, next, policy)).toMatchObject({ verdict: 'open', band: 'notice' });
    const late = facts(['opened', 'shut', 'shut', 'shut', 'shut', 'shut', 'shut'], { today: '2026-12-03' });
    expect(judge(promised, late, policy)).toMatchObject({ verdict: 'open', band: 'red' });
  });
});

describe('an open alert', () => {
  it('takes later misses in and tells nobody again', () => {
    const alert = anAlert({ misses: anAlert().misses.slice(0, 2) });
    const outcome = judge(alert, facts(['opened', 'shut', 'shut', 'shut']), policy);
    expect(outcome).toMatchObject({ verdict: 'change', tell: 'nobody', alert: { misses: anAlert().misses } });
  });

  it('tells when its band worsens', () => {
    const alert = anAlert({ band: 'yellow', misses: anAlert().misses.slice(0, 2) });
    expect(judge(alert, facts(['opened', 'shut', 'shut', 'shut']), policy)).toMatchObject({
      verdict: 'change',
      tell: 'worse',
      alert: { band: 'red' },
    });
  });

  it.each([7, 14, 28, 56])('tells at the gate of %i days, once', (days) => {
    const statuses: StatusKey[] = Array.from({ length: days }, () => 'shut');
    const alert = anAlert({ gate: 0, misses: [] });
    const first = judge(
      { ...alert, misses: [{ localDate: '2026-11-29', slot: 'morning', status: 'shut' }] },
      facts(statuses),
      policy,
    );
    expect(first).toMatchObject({
      verdict: 'change',
      tell: 'gate',
      alert: { gate: days, reason: { key: 'gate', params: { days } } },
    });
    if (first.verdict === 'change') expect(judge(first.alert, facts(statuses), policy)).toEqual({ verdict: 'nothing' });
  });

  it('is annotated by one late opening and closed by the last', () => {
    const one = judge(anAlert(), facts(['opened', 'shut', 'shut', 'opened']), policy);
    expect(one).toMatchObject({ verdict: 'change', tell: 'nobody' });
    if (one.verdict === 'change')
      expect(one.alert.misses[2]).toMatchObject({ arrivedLate: '2026-11-30T04:10:00.000Z' });
    expect(judge(anAlert(), facts(['opened', 'opened', 'opened', 'opened']), policy)).toMatchObject({
      verdict: 'close',
      as: 'evidence-arrived',
    });
  });

  it('ends when its misses turn out not to be: another box, a hold, an away', () => {
    expect(judge(anAlert(), facts(['opened', 'away', 'away', 'away']), policy)).toMatchObject({
      verdict: 'close',
      as: 'no-longer-missed',
    });
  });

  it('goes away by itself only while it was a notice and the next dose was taken', () => {
    const notice = anAlert({ band: 'notice', misses: [{ localDate: '2026-11-28', slot: 'morning', status: 'shut' }] });
    expect(judge(notice, facts(['opened', 'shut', 'opened']), policy)).toMatchObject({
      verdict: 'close',
      as: 'back-on-track',
    });
    const red = { ...notice, band: 'red' as const };
    expect(judge(red, facts(['opened', 'shut', 'opened']), policy)).toEqual({ verdict: 'nothing' });
  });

  it('is stable: judged again with the same facts there is nothing to do', () => {
    const status = fc.constantFrom(...statusKeys);
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 20 }), fc.boolean(), (statuses, loading) => {
        const known = facts(statuses, { loading });
        let alert: Alert | undefined;
        for (let turn = 0; turn < 4; turn++) {
          const outcome = judge(alert, known, policy);
          if (outcome.verdict === 'nothing') return;
          if (outcome.verdict === 'open') {
            const { verdict: _, ...rest } = outcome;
            alert = anAlert({ ...rest, misses: [...rest.misses] });
          } else if (outcome.verdict === 'change' || outcome.verdict === 'late') alert = outcome.alert;
          else alert = { ...outcome.alert, state: 'resolved', outcome: { kind: outcome.as, at: known.now } };
        }
        expect(judge(alert, known, policy)).toEqual({ verdict: 'nothing' });
      }),
      { numRuns: 250 },
    );
  });
});
