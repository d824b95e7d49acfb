import { describe, expect, it } from 'vitest';
import type { WorkMatter, WorkRow } from '../../functions/alerts/contract.ts';
import { deadlineOf, leadOf, rowWhy } from '../../web/src/alerts/row-words.ts';
import { workIn } from './files-words.ts';

const alert: WorkRow = {
  rowId: 'alt_1',
  kind: 'alert',
  patient: { patientId: 'pat_1', code: 'GUM-0388-2', name: 'Ramesh Munda' },
  band: 'yellow',
  critical: false,
  state: 'triggered',
  reason: { key: 'of-last-days', params: { count: 2, of: 7 } },
  owner: { userId: 'usr_nurse', name: 'Meera Toppo' },
  mine: true,
  openedAt: '2026-11-30T04:10:00.000Z',
  late: false,
  version: 1,
};
const wish: WorkMatter = {
  rowId: 'cannot.1',
  kind: 'task',
  taskKind: 'cannot-take',
  reason: { key: 'cannot-take', params: { reason: 'want-to-stop' } },
  mine: true,
};
const says = (row: WorkRow, lang: 'en' | 'hi' = 'en') =>
  `${leadOf(row, workIn[lang])} · ${rowWhy(row, workIn[lang], lang, { short: (date) => date })}`;

describe('the line of a row', () => {
  it('says in one breath what was missed and what the patient told us', () => {
    expect(says({ ...alert, also: [wish] })).toBe('Yellow · Wants to stop · Not opened on 2 of the last 7 days.');
    expect(says({ ...alert, also: [wish] }, 'hi')).toBe('पीला · बंद करना चाहते हैं · पिछले 7 में से 2 दिन नहीं खुली।');
  });

  it('says the same as before when there is one thing', () => {
    expect(says(alert)).toBe('Yellow · Not opened on 2 of the last 7 days.');
    expect(says({ ...alert, ...wish, note: 'Tired.' })).toBe('Wants to stop · told us so. Tired.');
  });

  it('says twice told things once', () => {
    const sick: WorkMatter = {
      ...wish,
      rowId: 'cannot.2',
      reason: { key: 'cannot-take', params: { reason: 'side-effect' } },
    };
    expect(says({ ...alert, ...wish, also: [sick, { ...wish, rowId: 'cannot.3' }] })).toBe(
      'Wants to stop · Side effect · told us so.',
    );
  });
});

describe('a deadline that has passed', () => {
  const dates = {
    localDate: (at: string) => at.slice(0, 10),
    clock: (at: string) => at.slice(11, 16),
    stamp: (at: string) => at.slice(0, 16),
    short: (date: string) => date,
  };

  it('is late since the last moment at work, and names that moment', () => {
    const row: WorkRow = { ...alert, dueBy: '2026-11-27T21:46:00.000Z', dueWithin: '2026-11-27T11:30:00.000Z' };
    const now = Date.parse('2026-11-30T04:10:00.000Z');
    expect(deadlineOf(row, now, 'UTC', dates, workIn.en)).toEqual({
      ...{ text: '3 d late', small: 'was due 2026-11-27T11:30', late: true },
    });
  });
});
