import { describe, expect, it } from 'vitest';
import type { WorkRow } from '../../functions/alerts/contract.ts';
import { oneRowEach } from '../../functions/alerts/one-row.ts';

const aRow = (of: Partial<WorkRow> & { who?: string }): WorkRow => {
  const { who = 'pat_1', ...more } = of;
  return {
    rowId: 'alt_1',
    kind: 'alert',
    patient: { patientId: who, code: 'GUM-0388-2', name: 'Ramesh Munda' },
    band: 'yellow',
    critical: false,
    state: 'triggered',
    reason: { key: 'of-last-days', params: { count: 2, of: 7 } },
    owner: { userId: 'usr_nurse', name: 'Meera Toppo' },
    mine: true,
    openedAt: '2026-11-30T04:10:00.000Z',
    dueBy: '2026-11-30T08:10:00.000Z',
    duty: 'acknowledge',
    late: false,
    version: 3,
    ...more,
  };
};
const aWish = (of: Partial<WorkRow> & { who?: string } = {}): WorkRow => {
  const { duty: _, ...row } = aRow({
    ...{ rowId: 'cannot.1', kind: 'task', taskKind: 'cannot-take', state: 'open', note: 'I am tired of this.' },
    ...{ reason: { key: 'cannot-take', params: { reason: 'want-to-stop' } }, dueBy: '2026-11-30T06:00:00.000Z' },
    ...of,
  });
  return row;
};

describe('a patient on the list', () => {
  it('is one row with an alert and what they told us, the alert first whichever is more urgent', () => {
    const [row, ...more] = oneRowEach([aWish(), aRow({})]);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ rowId: 'alt_1', kind: 'alert', reason: { key: 'of-last-days' }, version: 3 });
    expect(row?.also).toEqual([
      {
        ...{ rowId: 'cannot.1', kind: 'task', taskKind: 'cannot-take', mine: true, note: 'I am tired of this.' },
        reason: { key: 'cannot-take', params: { reason: 'want-to-stop' } },
      },
    ]);
  });

  it('is late, and due, by whatever comes first', () => {
    const [row] = oneRowEach([aWish({ late: true, critical: true }), aRow({})]);
    expect(row).toMatchObject({ dueBy: '2026-11-30T06:00:00.000Z', late: true, critical: true });
    expect(row).not.toHaveProperty('duty');
  });

  it('has the worst band of all', () => {
    const promise = aWish({ rowId: 'prm_1', taskKind: 'promised', band: 'red' });
    expect(oneRowEach([aRow({}), promise])[0]).toMatchObject({ rowId: 'alt_1', band: 'red' });
  });

  it('does not sink because somebody is on the alert while nobody answered what they told us', () => {
    const onIt = { state: 'acknowledged' as const, dueBy: '2026-12-02T04:10:00.000Z' };
    const rows = [
      aRow({ ...onIt, rowId: 'alt_2', who: 'pat_2' }),
      aRow(onIt),
      aWish({ dueBy: '2026-11-30T10:00:00.000Z' }),
    ];
    expect(oneRowEach(rows).map((row) => row.patient.patientId)).toEqual(['pat_1', 'pat_2']);
  });

  it('is one row with two things that they told us', () => {
    const sick = aWish({ rowId: 'cannot.2', reason: { key: 'cannot-take', params: { reason: 'side-effect' } } });
    expect(oneRowEach([aWish(), sick]).map((row) => [row.rowId, row.also?.length])).toEqual([['cannot.1', 1]]);
  });

  it('is as before when there is one thing to do, and is not another patient', () => {
    const rows = [aRow({}), aWish({ who: 'pat_2' })];
    expect(oneRowEach(rows).map((row) => row.also)).toEqual([undefined, undefined]);
  });
});
