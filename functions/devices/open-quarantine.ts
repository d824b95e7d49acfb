import type { Tools } from '../shared/tools.ts';
import { quarantinePage } from './quarantine-store.ts';

const most = 100;

/** How much telemetry below an organisation waits in quarantine (counted up to 100), and the newest. For every context. */
export async function openQuarantine(
  tools: Pick<Tools, 'db' | 'tableName'>,
  path: readonly string[],
): Promise<{ count: number; newestAt?: string }> {
  const { items } = await quarantinePage(tools, 'open', most);
  const mine = items.filter((entry) => entry.path.length === 0 || path.every((id, level) => entry.path[level] === id));
  const newestAt = mine[0]?.receivedAt;
  return { count: mine.length, ...(newestAt !== undefined && { newestAt }) };
}
