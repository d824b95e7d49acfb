import { createHash } from 'node:crypto';
import type { Key } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { type AuditItem, readEvent } from './store.ts';

export type ArchiveObject = { readonly key: string; readonly body: string };

/**
 * One object of NDJSON per day for the events of a batch. Its name follows from its lines, so the same batch again is
 * the same object; a line may stand in two objects after a redelivery, with the same `pk` and `sk`.
 */
export async function archiveObjects(
  tools: Pick<Tools, 'db' | 'tableName'>,
  keys: readonly Key[],
): Promise<ArchiveObject[]> {
  const events = (await Promise.all(keys.map((key) => readEvent(tools, key)))).filter((event) => event !== undefined);
  const byDay = new Map<string, AuditItem[]>();
  for (const event of events) {
    const day = event.at.slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), event]);
  }
  return [...byDay].map(([day, items]) => {
    const body = items
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .map((item) => `${JSON.stringify(item)}\n`)
      .join('');
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 24);
    return { key: `audit/${day.replaceAll('-', '/')}/${hash}.ndjson`, body };
  });
}
