import { watchTeamOf } from '../reminders/replan-patient.ts';
import { showPatient } from '../reports/show-patient.ts';
import type { ItemChange } from '../shared/events.ts';
import type { Tools } from '../shared/tools.ts';
import { tellOfCanary } from './canary.ts';
import { type Evaluated, evaluatePatient } from './evaluate-patient.ts';

/**
 * A patient's days, plan or aways have changed: the lists and open screens show it, the alert and the tasks follow. Side by
 * side and in one function, because nearly every change asks for both; what fails is done again, and that changes nothing.
 */
export async function followPatient(
  tools: Tools,
  patientId: string,
  changes: readonly ItemChange[],
): Promise<Evaluated> {
  if (changes.some(({ kind }) => kind === 'profile')) await watchTeamOf(tools, patientId);
  const [judged, shown] = await Promise.allSettled([
    evaluatePatient(tools, patientId),
    showPatient(tools, patientId, changes),
  ]);
  if (judged.status === 'rejected') throw judged.reason;
  if (judged.value === 'opened' || judged.value === 'changed') tellOfCanary(tools, patientId);
  if (shown.status === 'rejected') throw shown.reason;
  return judged.value;
}
