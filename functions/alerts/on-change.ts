import { type BatchMessage, batchHandler, ItemChange } from '../shared/events.ts';
import { followPatient } from './follow-patient.ts';

/** Several changes of one patient in a batch are one look at the present state. */
export const handler = batchHandler(ItemChange, async (tools, messages) => {
  const byPatient = new Map<string, BatchMessage<ItemChange>[]>();
  for (const one of messages) {
    if (!one.message.pk.startsWith('PAT#')) continue;
    const patientId = one.message.pk.slice('PAT#'.length);
    byPatient.set(patientId, [...(byPatient.get(patientId) ?? []), one]);
  }
  const failed: string[] = [];
  for (const [patientId, mine] of byPatient) {
    try {
      const changes = mine.map(({ message }) => message);
      tools.log.info('patient followed', { patientId, outcome: await followPatient(tools, patientId, changes) });
    } catch (error) {
      tools.log.fault('following a patient failed', error, { patientId });
      failed.push(...mine.map(({ id }) => id));
    }
  }
  return failed;
});
