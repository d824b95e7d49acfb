import type { WorkRow } from './contract.ts';

const rank = { red: 0, yellow: 1, notice: 2 } as const;

/** Who nobody is on first, red before yellow, then by deadline, then by age. */
export function byUrgency(a: WorkRow, b: WorkRow): number {
  return (
    rank[a.band ?? 'notice'] - rank[b.band ?? 'notice'] ||
    order(a.state === 'acknowledged' ? '1' : '0', b.state === 'acknowledged' ? '1' : '0') ||
    order(dueAt(a), dueAt(b)) ||
    byAge(a, b)
  );
}

/** When the first thing about a row is due; after all others when nothing is. */
export const dueAt = (row: WorkRow) => row.dueWithin ?? row.dueBy ?? '9';
export const byDay = (a: WorkRow, b: WorkRow) =>
  order(a.dueBy ?? a.dueOn ?? '9', b.dueBy ?? b.dueOn ?? '9') || byAge(a, b);
export const byAge = (a: WorkRow, b: WorkRow) => order(a.openedAt, b.openedAt) || order(a.rowId, b.rowId);
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
