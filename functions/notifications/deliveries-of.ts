import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { DeliveryEntry } from './contract.ts';
import { entryOf } from './delivery.ts';
import { readDeliveriesAt } from './store.ts';

export type AskedFor = { readonly recipientId: string; readonly at: Instant; readonly idPrefix: string };

/** What became of the messages that somebody asked for at an instant, a line a channel; none while they wait to be sent. */
export async function deliveriesOf(tools: Tools, asked: AskedFor): Promise<DeliveryEntry[]> {
  return (await readDeliveriesAt(tools, asked)).map(entryOf);
}
