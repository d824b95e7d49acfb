import { batchHandler, ItemChange } from '../shared/events.ts';
import { tellOfCanary } from './canary.ts';
import { evaluatePatient } from './evaluate-patient.ts';

/** Several changes of one patient in a batch are one look at the present state. */
export const handler = batchHandler(ItemChange, async (tools, messages) => {
  const byPatient = new Map<string, string[]>();
  for (const { id, message } of messages) {
    if (!message.pk.startsWith('PAT#')) continue;
    const patientId = message.pk.slice('PAT#'.length);
    byPatient.set(patientId, [...(byPatient.get(patientId) ?? []), id]);
  }
  const failed: string[] = [];
  for (const [patientId, ids] of byPatient) {
    try {
      const outcome = await evaluatePatient(tools, patientId);
      if (outcome === 'opened' || outcome === 'changed') tellOfCanary(tools, patientId);
      tools.log.info('patient judged', { patientId, outcome });
    } catch (error) {
      tools.log.fault('judging failed', error, { patientId });
      failed.push(...ids);
    }
  }
  return failed;
});
