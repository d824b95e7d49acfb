import type { Tools } from '../shared/tools.ts';
import { type Due, delaySeconds, isTooSoonToWrite } from './due.ts';
import { isWaiting, putDue } from './store.ts';

/**
 * Makes sure that work is done at its second. A minute that the tick may have read already is never written: such work
 * waits on the queue instead. The same work again is the same item.
 */
export async function planDue(tools: Tools, due: Due, put = putDue): Promise<'waiting' | 'queued'> {
  const now = tools.now();
  if (isTooSoonToWrite(due.at, now)) {
    await tools.send('due', [{ body: due, delaySeconds: delaySeconds(due.at, now) }]);
    return 'queued';
  }
  await put(tools, due);
  return 'waiting';
}

/** As `planDue`, for a repair: what is already waiting is only read. What lies in the past is left alone. */
export async function ensureDue(tools: Tools, due: Due): Promise<'waiting' | 'queued' | 'was waiting' | 'past'> {
  if (due.at < tools.now()) return 'past';
  if (!isTooSoonToWrite(due.at, tools.now()) && (await isWaiting(tools, due))) return 'was waiting';
  return await planDue(tools, due);
}
