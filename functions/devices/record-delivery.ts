import type { Tools } from '../shared/tools.ts';
import { recordTelemetry } from './record-telemetry.ts';
import type { TelemetryRecord } from './telemetry.ts';

export type DeliveredTelemetry = { readonly id: string; readonly message: TelemetryRecord };

/**
 * Takes in what one delivery holds of a box, all together: it is one read and one write of its state. When that breaks, each
 * message is tried alone, so that one which breaks us does not hold back the openings beside it. Answers the ids that failed.
 */
export async function recordDelivery(
  tools: Tools,
  boxId: string,
  messages: readonly DeliveredTelemetry[],
): Promise<string[]> {
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
    if (messages.length === 1) return messages.map(({ id }) => id);
    const failed: string[] = [];
    for (const one of messages) failed.push(...(await recordDelivery(tools, boxId, [one])));
    return failed;
  }
}
