import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { env } from '../shared/env.ts';
import { ItemChange, queueHandler } from '../shared/events.ts';
import { getItem } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { askBox, askBoxOf, type Shadow } from './ask-box.ts';
import { followConsent } from './follow-consent.ts';
import { Allocation } from './items.ts';

/** A plan or an allocation has changed: the boxes that it concerns are asked to follow. */
export const handler = queueHandler(ItemChange, async (tools, change) => {
  if (change.kind === 'allocation') return await afterAllocation(tools, change);
  if (change.kind === 'consent') return await followConsent(tools, change.pk.replace(/^PAT#/, ''));
  return await askBoxOf(tools, shadow, change.pk.replace(/^PAT#/, ''));
});

async function afterAllocation(tools: Tools, { pk, sk }: ItemChange): Promise<string> {
  const allocation = await getItem(tools, { pk, sk }, Allocation);
  return allocation ? await askBox(tools, shadow, allocation.boxId) : 'gone';
}

let client: IoTDataPlaneClient | undefined;

const shadow: Shadow = {
  async put(boxId, desired) {
    client ??= new IoTDataPlaneClient({ endpoint: endpointUrl(env('IOT_DATA_ENDPOINT')) });
    await client.send(
      new UpdateThingShadowCommand({
        thingName: boxId,
        shadowName: 'config',
        payload: new TextEncoder().encode(JSON.stringify({ state: { desired } })),
      }),
    );
  },
};

function endpointUrl(host: string): string {
  return host.includes('://') ? host : `https://${host}`;
}
