import { describe, expect, it } from 'vitest';
import type { Alert } from '../../functions/alerts/alert.ts';
import { programmeLine } from '../../functions/reports/programme.ts';

const red = (overrides: Partial<Alert>): Alert => ({
  alertId: 'alt_1',
  patientId: 'pat_1',
  patientCode: 'GUM-0388-2',
  teamId: 'team_1',
  band: 'red',
  critical: false,
  reason: { key: 'gate', params: { days: 7 } },
  state: 'resolved',
  ownerId: 'usr_1',
  ownerBy: 'team',
  rung: 0,
  gate: 0,
  openedAt: '2026-11-10T04:00:00.000Z',
  misses: [],
  told: [],
  annotations: [],
  policyVersion: 'a1',
  version: 1,
  ...overrides,
});
const line = (...alerts: Alert[]) => programmeLine(alerts, '2026-11-01', '2026-11-30', '2026-11-30T04:00:00.000Z');

describe('the programme line', () => {
  it('counts who was spoken with within 48 hours, and takes the median', () => {
    const answer = line(
      red({ contactedAt: '2026-11-10T05:00:00.000Z' }),
      red({ contactedAt: '2026-11-10T07:00:00.000Z' }),
      red({ contactedAt: '2026-11-13T04:00:00.000Z' }),
    );
    expect(answer).toMatchObject({ red: 3, contactedWithin48h: 2, late: 0, medianMinutesToContact: 180 });
  });

  it('names those whose 48 hours went by without contact', () => {
    expect(line(red({ state: 'triggered' }))).toMatchObject({ red: 1, contactedWithin48h: 0, late: 1, stillOpen: 1 });
  });

  it('does not take an answer for a contact: not reachable or refused is late once the time is over', () => {
    const answered = (kind: 'not-reachable' | 'refused') =>
      red({
        contactBy: '2026-11-12T04:00:00.000Z',
        resolvedAt: '2026-11-10T06:00:00.000Z',
        outcome: { kind, by: 'usr_1', at: '2026-11-10T06:00:00.000Z', nextStep: { kind: 'call', on: '2026-11-11' } },
      });
    expect(line(answered('not-reachable'), answered('refused'))).toMatchObject({
      red: 2,
      contactedWithin48h: 0,
      late: 2,
    });
  });

  it('counts the 48 hours from when the alert turned red', () => {
    const turned = { openedAt: '2026-11-20T04:00:00.000Z', contactBy: '2026-12-01T04:00:00.000Z' };
    expect(line(red({ ...turned, state: 'triggered' }))).toMatchObject({ late: 0, stillOpen: 1 });
    expect(line(red({ ...turned, contactedAt: '2026-11-29T05:00:00.000Z' }))).toMatchObject({ contactedWithin48h: 1 });
  });

  it('leaves out an alert that news of the dose closed in time', () => {
    const moot = red({
      resolvedAt: '2026-11-10T06:00:00.000Z',
      outcome: { kind: 'evidence-arrived', at: '2026-11-10T06:00:00.000Z' },
    });
    expect(line(moot)).toMatchObject({ red: 0 });
  });

  it('leaves out yellow ones and other months', () => {
    expect(line(red({ band: 'yellow' }), red({ openedAt: '2026-10-10T04:00:00.000Z' }))).toMatchObject({ red: 0 });
  });
});
