import type { Tools } from '../shared/tools.ts';
import type { DeliveryEntry } from './contract.ts';
import { entryOf } from './delivery.ts';
import { readUndelivered } from './store.ts';

/** A team's messages that could not be delivered and wait for somebody to look. For every context. */
export async function undeliveredOf(tools: Pick<Tools, 'db' | 'tableName'>, teamId: string): Promise<DeliveryEntry[]> {
  return (await readUndelivered(tools, teamId)).map(entryOf);
}
