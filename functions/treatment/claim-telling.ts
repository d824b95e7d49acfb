import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';
import type { Day } from './day-item.ts';
import { deriveDay } from './derive-day.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { writeTold } from './store.ts';

/** `step` is `<what>.<slot>.<channel>`: `remind.evening.sms`. */
export type Telling = { readonly patientId: string; readonly localDate: string; readonly step: string };

/** A telling about a dose, as the plan had it when it was asked for. */
export type DoseTelling = Telling & { readonly planId: string; readonly slot: string };

type Claim = 'mine' | 'told' | 'busy' | 'no longer so';

const claimed = '~';

/**
 * Takes the right to tell something about a dose, for a while, if that dose is still asked for and unanswered: the write
 * holds only over what was read. 'mine': tell, then `recordTelling`. 'told': it was. 'busy': somebody is at it; come back
 * when their lease is over, because a crash of theirs must not mean that nobody tells.
 */
export async function claimTelling(tools: Tools, telling: DoseTelling, leaseSeconds: number): Promise<Claim> {
  const { patientId, localDate, step } = telling;
  const now = tools.now();
  let found: Claim = 'no longer so';
  const changed = await changeDay(tools, patientId, localDate, (day, current) => {
    found = stateOf(telling, day, current, now);
    if (found !== 'mine') return undefined;
    return { ...day, told: { ...day.told, [step]: `${claimed}${addSeconds(now, leaseSeconds)}` } };
  });
  return changed === 'no-plan' ? 'no longer so' : found;
}

function stateOf(
  { step, planId, slot }: DoseTelling,
  day: Day,
  current: MedicationPlan | undefined,
  now: string,
): Claim {
  const dose = deriveDay(day.facts, now).slots.find((one) => one.name === slot);
  const asks = current?.planId === planId && current.stopped === undefined;
  if (!asks || dose?.status !== 'yet' || dose.detail === 'cannot-take') return 'no longer so';
  const before = day.told[step];
  if (before === undefined) return 'mine';
  if (!before.startsWith(claimed)) return 'told';
  return now < before.slice(claimed.length) ? 'busy' : 'mine';
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
