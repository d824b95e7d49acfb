import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';
import { writeTold } from './store.ts';

/** `step` is `<what>.<slot>.<channel>`: `remind.evening.sms`. */
export type Telling = { readonly patientId: string; readonly localDate: string; readonly step: string };

const claimed = '~';

/**
 * Takes the right to tell something about a day, for a while. 'mine': tell, then `recordTelling`. 'told': it was. 'busy':
 * somebody is at it; come back when their lease is over, because a crash of theirs must not mean that nobody tells.
 */
export async function claimTelling(
  tools: Tools,
  { patientId, localDate, step }: Telling,
  leaseSeconds: number,
): Promise<'mine' | 'told' | 'busy' | 'no-plan'> {
  const now = tools.now();
  let found: 'told' | 'busy' = 'told';
  const changed = await changeDay(tools, patientId, localDate, (day) => {
    const before = day.told[step];
    if (before !== undefined && !before.startsWith(claimed)) {
      found = 'told';
      return undefined;
    }
    if (before !== undefined && now < before.slice(claimed.length)) {
      found = 'busy';
      return undefined;
    }
    return { ...day, told: { ...day.told, [step]: `${claimed}${addSeconds(now, leaseSeconds)}` } };
  });
  if (changed === 'no-plan') return 'no-plan';
  return changed.outcome === 'changed' ? 'mine' : found;
}

/** It was told at this instant; or it was not, and may be claimed at once. */
export async function recordTelling(
  tools: Tools,
  { patientId, localDate, step }: Telling,
  outcome: 'told' | 'failed',
): Promise<void> {
  const value = outcome === 'told' ? tools.now() : `${claimed}${tools.now()}`;
  if ((await writeTold(tools, patientId, localDate, step, value)) === 'stored') return;
  await changeDay(tools, patientId, localDate, (day) => ({ ...day, told: { ...day.told, [step]: value } }));
}

/** When it was told; undefined while it was not. */
export function toldAt(told: Readonly<Record<string, string>>, step: string): string | undefined {
  const at = told[step];
  return at === undefined || at.startsWith(claimed) ? undefined : at;
}
