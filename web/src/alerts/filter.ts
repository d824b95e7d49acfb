import type { WorkRow } from '../../../functions/alerts/contract.ts';
import type { Choice } from '../look/controls.tsx';
import { useText } from '../text/text.ts';

export type Filter = 'all' | 'mine' | 'cover' | 'critical';

/** What the list can be narrowed to, with how many each leaves; "cover" only while somebody stands in. */
export function useFilters(rows: readonly WorkRow[]): Choice<Filter>[] {
  const t = useText('work');
  const count = (filter: Filter) => rows.filter((row) => matches(row, filter, '')).length;
  const covered = new Map(
    rows.flatMap(({ owner }) => (owner.coverFor ? [[owner.coverFor.userId, owner.coverFor.name] as const] : [])),
  );
  const cover = t('filter.cover', { name: [...covered.values()].join(', '), count: count('cover') });
  return [
    { value: 'all', label: t('filter.all', { count: count('all') }) },
    { value: 'mine', label: t('filter.mine', { count: count('mine') }) },
    ...(covered.size > 0 ? [{ value: 'cover' as const, label: cover }] : []),
    { value: 'critical', label: t('filter.critical', { count: count('critical') }) },
  ];
}

export function matches(row: WorkRow, filter: Filter, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted && !`${row.patient.name} ${row.patient.code}`.toLowerCase().includes(wanted)) return false;
  if (filter === 'mine') return row.mine || (row.also ?? []).some(({ mine }) => mine);
  if (filter === 'cover') return row.owner.coverFor !== undefined;
  return filter === 'all' || row.critical;
}
