import { climbAlert } from '../alerts/climb-alert.ts';
import { sendDigests } from '../alerts/digest.ts';
import { evaluatePatient } from '../alerts/evaluate-patient.ts';
import { tellAtWork } from '../alerts/tell.ts';
import { requestMessage } from '../notifications/request-message.ts';
import { metric } from '../shared/metrics.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { lookAtBox, lookAtFacility } from './box-steps.ts';
import type { Due } from './due.ts';
import { lookAtPatient, teamNight } from './night.ts';
import { slotStep } from './slot-steps.ts';

/** Does what is due. It reads the state again first, so a repeat, or work that has lost its sense, does nothing. */
export async function runDue(tools: Tools, due: Due): Promise<string> {
  tools.metric(metric.dueLatenessSeconds, Math.max(0, secondsBetween(due.at, tools.now())), 'Seconds');
  const { work } = due;
  switch (work.step) {
    case 'remind':
    case 'remind-again':
    case 'close':
      return await slotStep(tools, due, work);
    case 'acknowledge-by':
      return await climbAlert(tools, work);
    case 'tell':
      return await tellAtWork(tools, work);
    case 'check':
      return await evaluatePatient(tools, work.patientId);
    case 'night':
      return await lookAtPatient(tools, work.patientId);
    case 'team-night':
      return await teamNight(tools, work.teamId);
    case 'box-check':
      return await boxCheck(tools, work.patientId);
    case 'facility-check':
      return await lookAtFacility(tools, work.facilityId);
    case 'digest':
      return await sendDigests(tools, work);
    case 'send':
      await requestMessage(tools, work.request);
      return 'sent on';
  }
}

/** Heard meanwhile: its own telemetry has settled everything, and nobody waits for it. Late: a ticket, perhaps a question. */
async function boxCheck(tools: Tools, patientId: string): Promise<string> {
  const outcome = await lookAtBox(tools, patientId, 'only if late');
  if (outcome === 'silent') await evaluatePatient(tools, patientId);
  return outcome;
}
