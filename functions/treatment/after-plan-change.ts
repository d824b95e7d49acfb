import { replanPatient } from '../reminders/replan-patient.ts';
import type { Tools } from '../shared/tools.ts';
import { replanDays } from './replan-days.ts';

/**
 * What follows every change of a plan or an away: the stored days from that date on, and the due work. Alerts,
 * projections, boxes and screens hear of it by the stream. Running it again changes nothing.
 */
export async function afterPlanChange(tools: Tools, patientId: string, from: string): Promise<void> {
  await replanDays(tools, patientId, from);
  await replanPatient(tools, patientId);
}
