import { replanPatient } from '../reminders/replan-patient.ts';
import type { Tools } from '../shared/tools.ts';
import { replanDays } from './replan-days.ts';
import { readCard, writeCaughtUp } from './store.ts';

const attempts = 4;

/**
 * What follows every change of a plan or an away: the stored days from its first on, and the due work. Alerts,
 * projections, boxes and screens hear of it by the stream. Running it again changes nothing.
 */
export async function afterPlanChange(tools: Tools, patientId: string): Promise<void> {
  await catchUp(tools, patientId);
  await replanPatient(tools, patientId);
}

/**
 * Lets the stored days follow every change that they do not follow yet. The change itself says from which day, so that what
 * a call had no time for is done by the night.
 */
export async function catchUp(tools: Tools, patientId: string): Promise<'caught up' | 'nothing left'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const card = await readCard(tools, patientId);
    if (card?.catchUpFrom === undefined) return attempt === 0 ? 'nothing left' : 'caught up';
    await replanDays(tools, patientId, card.catchUpFrom);
    if ((await writeCaughtUp(tools, patientId, card)) === 'stored') return 'caught up';
  }
  throw new Error('a plan changed too often for its days to follow');
}
