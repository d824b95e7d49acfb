import { batchHandler } from '../shared/events.ts';
import { type DeliveredTelemetry, recordDelivery } from './record-delivery.ts';
import { TelemetryRecord } from './telemetry.ts';

/** What the topic rule put on the queue, up to a hundred messages: each box's are taken in together, boxes side by side. */
export const handler = batchHandler(TelemetryRecord, async (tools, messages) => {
  const perBox = new Map<string, DeliveredTelemetry[]>();
  for (const one of messages) perBox.set(one.message.boxId, [...(perBox.get(one.message.boxId) ?? []), one]);
  const groups = [...perBox];
  const failed: string[] = [];
  const worker = async () => {
    for (let next = groups.pop(); next; next = groups.pop())
      failed.push(...(await recordDelivery(tools, next[0], next[1])));
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return failed;
});
