import type { Tools } from '../shared/tools.ts';
import { situation } from '../treatment/situation.ts';
import { desiredSettings } from './desired-settings.ts';
import type { Box } from './items.ts';
import { forgetWindowEnd, readBox, readHolds, writeSettings } from './store.ts';

/** Where a box's desired settings are put; it fetches them when it wakes. No word of a person goes there. */
export type Shadow = { put(boxId: string, desired: Readonly<Record<string, unknown>>): Promise<void> };

/**
 * Asks a box to follow its holder's plan: alarm times, refill day, upload interval. A box that nobody holds is asked to be
 * quiet. Asks only when something differs from what was asked last.
 */
export async function askBox(
  tools: Tools,
  shadow: Shadow,
  boxId: string,
): Promise<'asked' | 'in step' | 'unknown-box'> {
  const box = await readBox(tools, boxId);
  if (!box) return 'unknown-box';
  const desired = await desiredFor(tools, box);
  await forgetWindowEnd(tools, boxId);
  if (box.settings?.requestId === desired.requestId) return 'in step';
  await shadow.put(boxId, { v: 1, ...desired, refillOn: desired.refillOn ?? null });
  await writeSettings(tools, boxId, { ...desired, requestedAt: tools.now() });
  return 'asked';
}

/** As `askBox`, for the box that a patient holds. */
export async function askBoxOf(tools: Tools, shadow: Shadow, patientId: string) {
  const holds = await readHolds(tools, patientId);
  return holds ? await askBox(tools, shadow, holds.boxId) : 'holds-none';
}

async function desiredFor(tools: Tools, box: Box) {
  const interval = box.settings?.uploadIntervalHours ?? box.profile.uploadIntervalHours;
  const now = tools.now();
  const known = box.holder && (await situation(tools, box.holder.patientId, 0));
  if (!known) return desiredSettings(undefined, 'UTC', now.slice(0, 10), now, interval);
  return desiredSettings(known.plan, known.zone, known.today, now, interval);
}
