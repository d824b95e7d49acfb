import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { env } from '../shared/env.ts';
import { ItemChange, queueHandler } from '../shared/events.ts';
import type { Shadow } from './ask-box.ts';
import { followChange } from './follow-change.ts';
import { revocation } from './revocation.ts';

/** A plan, an allocation, a consent or a task has changed: the boxes that it concerns follow. */
export const handler = queueHandler(
  ItemChange,
  async (tools, change) => await followChange(tools, { shadow, registry: revocation }, change),
);

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
