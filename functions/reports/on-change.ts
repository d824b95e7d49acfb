import { batchHandler, ItemChange } from '../shared/events.ts';
import { showPatient } from './show-patient.ts';

/** Several changes of one patient in a batch are one projection; which one came first does not matter, as the row is made from the present state. */
export const handler = batchHandler(ItemChange, async (tools, messages) => {
  const byPatient = new Map<string, string[]>();
  for (const { id, message } of messages) {
    const patientId = message.pk.startsWith('PAT#') ? message.pk.slice('PAT#'.length) : undefined;
    if (patientId !== undefined) byPatient.set(patientId, [...(byPatient.get(patientId) ?? []), id]);
  }
  const failed: string[] = [];
  for (const [patientId, ids] of byPatient) {
    try {
      tools.log.info('case projected', { patientId, outcome: await showPatient(tools, patientId, []) });
    } catch (error) {
      tools.log.fault('projection failed', error, { patientId });
      failed.push(...ids);
    }
  }
  return failed;
});
