import type { Tools } from '../shared/tools.ts';
import { readLoad } from './store.ts';

/** The immediate messages that a person had on a day of theirs. For every context. */
export async function loadOf(
  tools: Pick<Tools, 'db' | 'tableName'>,
  userId: string,
  localDate: string,
): Promise<string[]> {
  return await readLoad(tools, userId, localDate);
}
