import { scheduleHandler } from '../shared/events.ts';
import { night } from './night.ts';

/** EventBridge, every night. */
export const handler = scheduleHandler(async (tools) => {
  const teams = await night(tools);
  tools.log.info('night', { count: teams });
  return 'handed over';
});
