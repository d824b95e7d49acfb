import { useState } from 'preact/hooks';
import type { WorkRow } from '../../../functions/alerts/contract.ts';
import type { Shortcut } from '../look/keys.tsx';
import { useText } from '../text/text.ts';
import { useWork, workOf } from './do-work.ts';

/** Through the worklist without a mouse: which row is selected, and what each key does with it. */
export function useRowKeys(rows: readonly WorkRow[], teamId: string, focusSearch: () => void) {
  const t = useText('work');
  const work = useWork();
  const [at, setAt] = useState(0);
  const current = rows[Math.min(at, rows.length - 1)];
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + by));
    setAt(next);
    document.querySelectorAll('.row')[next]?.scrollIntoView({ block: 'nearest' });
  };
  const shortcuts: Shortcut[] = [
    { key: 'j', word: t('key.down'), run: () => move(1) },
    { key: 'k', word: t('key.up'), run: () => move(-1) },
    {
      key: 'c',
      word: t('key.call'),
      run: () => current?.patient.phone && location.assign(`tel:${current.patient.phone}`),
    },
    {
      key: 'a',
      word: t('key.on-it'),
      run: () =>
        current?.kind === 'alert' && current.state === 'triggered' && void work.acknowledge(workOf(current, teamId)),
    },
    {
      key: 'o',
      word: t('key.outcome'),
      run: () => document.querySelector<HTMLAnchorElement>('.row.sel .name a')?.click(),
    },
    { key: '/', word: t('key.search'), run: focusSearch },
  ];
  return { at, shortcuts };
}
