import type { ItemChange } from '../shared/events.ts';
import { getItem } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { askBox, askBoxOf, type Shadow } from './ask-box.ts';
import { followAnswer } from './follow-answer.ts';
import { followConsent } from './follow-consent.ts';
import { Allocation } from './items.ts';
import type { Revocation } from './revocation.ts';

/** IoT Core as boxes follow a change through it. */
export type Reach = { readonly shadow: Shadow; readonly registry: Revocation };

/** A plan, an allocation, a consent or a task has changed: the boxes that it concerns follow. */
export async function followChange(tools: Tools, { shadow, registry }: Reach, change: ItemChange): Promise<string> {
  const patientId = change.pk.replace(/^PAT#/, '');
  switch (change.kind) {
    case 'allocation':
      return await afterAllocation(tools, shadow, change);
    case 'consent':
      return await followConsent(tools, patientId);
    case 'task':
      return await followAnswer(tools, registry, change);
    default:
      return await askBoxOf(tools, shadow, patientId);
  }
}

async function afterAllocation(tools: Tools, shadow: Shadow, { pk, sk }: ItemChange): Promise<string> {
  const allocation = await getItem(tools, { pk, sk }, Allocation);
  return allocation ? await askBox(tools, shadow, allocation.boxId) : 'gone';
}
