import { scheduleHandler } from '../shared/events.ts';
import { handOver } from './hand-over.ts';

/** EventBridge, every minute. */
export const handler = scheduleHandler(async (tools) => {
  const { handed, gapSeconds } = await handOver(tools);
  tools.log.info('tick', { count: handed, latenessSeconds: gapSeconds });
  return 'handed over';
});
