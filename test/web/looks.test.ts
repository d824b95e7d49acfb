import { describe, expect, it } from 'vitest';
import type { AuditLine } from '../../functions/audit/contract.ts';
import { looksOf } from '../../web/src/audit/looks.ts';

const zone = 'Asia/Kolkata';
const aLine = (change: Partial<AuditLine> = {}): AuditLine => ({
  ...{ id: crypto.randomUUID(), at: '2026-11-30T04:11:00Z', actorId: 'meera', actorName: 'Meera Toppo' },
  ...{ action: 'Read the days of a patient', outcome: 'allowed', why: 'care team' },
  ...change,
});

describe('who saw my record', () => {
  it('shows what one person did often in a day once, with the last time and how often', () => {
    const lines = [aLine({ at: '2026-11-30T06:00:00Z' }), aLine(), aLine({ at: '2026-11-29T19:00:00Z' })];
    expect(looksOf(lines, zone)).toEqual([{ last: lines[0], times: 3 }]);
  });

  it('begins a new line with the day where the patient lives', () => {
    const lines = [aLine({ at: '2026-11-29T18:31:00Z' }), aLine({ at: '2026-11-29T18:29:00Z' })];
    expect(looksOf(lines, zone)).toHaveLength(2);
  });

  it.each([
    ['another person', { actorId: 'agnes' }],
    ['another deed', { action: 'Change a plan' }],
    ['another right', { why: 'cover' }],
    ['a refusal', { outcome: 'refused' as const }],
  ])('never hides %s in a line of somebody else', (_, change) => {
    expect(looksOf([aLine(), aLine(change)], zone)).toHaveLength(2);
  });
});
