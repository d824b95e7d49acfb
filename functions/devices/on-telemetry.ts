import { batchHandler } from '../shared/events.ts';
import type { Tools } from '../shared/tools.ts';
import { recordTelemetry } from './record-telemetry.ts';
import { TelemetryRecord } from './telemetry.ts';

type Message = { readonly id: string; readonly message: TelemetryRecord };

/** What the topic rule put on the queue, up to a hundred messages: each box's are taken in together, boxes side by side. */
export const handler = batchHandler(TelemetryRecord, async (tools, messages) => {
  const perBox = new Map<string, Message[]>();
  for (const one of messages) perBox.set(one.message.boxId, [...(perBox.get(one.message.boxId) ?? []), one]);
  const groups = [...perBox];
  const failed: string[] = [];
  const worker = async () => {
    for (let next = groups.pop(); next; next = groups.pop()) failed.push(...(await takeInBox(tools, next[0], next[1])));
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return failed;
});

async function takeInBox(tools: Tools, boxId: string, messages: readonly Message[]): Promise<string[]> {
  try {
    const outcomes = await recordTelemetry(
      tools,
      boxId,
      messages.map(({ message }) => message),
    );
    tools.log.info('telemetry taken in', {
      boxId,
      outcome: [...new Set(outcomes)].sort().join(' '),
      count: messages.length,
    });
    return [];
  } catch (error) {
    tools.log.fault('telemetry failed', error, { boxId, count: messages.length });
    return messages.map(({ id }) => id);
  }
}
