import type { StatusKey } from './dose-status.ts';

/**
 * A day is as good as its weakest slot: an evening that was not opened is not hidden by a morning that was. Held slots
 * do not count unless all are held. Nothing due: no status.
 */
const weakestFirst: readonly StatusKey[] = [
  'missed',
  'shut',
  'silent',
  'waiting',
  'yet',
  'away',
  'said',
  'opened',
  'seen',
];

export function rollUp(statuses: readonly StatusKey[]): StatusKey | undefined {
  return weakestFirst.find((status) => statuses.includes(status)) ?? (statuses.includes('hold') ? 'hold' : undefined);
}
