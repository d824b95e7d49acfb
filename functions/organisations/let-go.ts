import { reconcileTopic } from '../notifications/request-message.ts';
import { endSocketsOf } from '../realtime/connections.ts';
import type { Tools } from '../shared/tools.ts';

/**
 * Whoever lost their place in a team hears no more of it: open screens connect anew with what is left to them, and a
 * subscription to its topic ends. Done twice it changes nothing.
 */
export async function letGo(tools: Tools, teamId: string, userIds: readonly string[]): Promise<void> {
  for (const userId of new Set(userIds)) await endSocketsOf(tools, userId);
  await reconcileTopic(tools, teamId);
}
