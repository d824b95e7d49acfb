import { alertOf } from '../alerts/alert-of.ts';
import { taskOf } from '../alerts/task-of.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { situation } from '../treatment/situation.ts';
import { patientOf } from './addressee.ts';
import type { About, MessageRequest } from './message.ts';

/** A dosing day, with the hours that a change of zone may add. What waited longer than its dose does not wait for ever. */
const longestDoseSeconds = 36 * 3600;

/**
 * Is what the message says still so: read again in the moment of sending, whatever was queued. After a death nothing goes
 * to patient or supporter, and nobody is told to act on doses. Whether a dose still asks is settled by the claim on its
 * day, in one write.
 */
export async function isStillSo(tools: Tools, request: MessageRequest): Promise<boolean> {
  const patientId = patientOf(request.about);
  if (patientId === undefined) return true;
  if (request.about.kind === 'dose') return secondsBetween(request.at, tools.now()) < longestDoseSeconds;
  const now = await situation(tools, patientId, 2);
  if (now?.plan.stopped?.reason === 'died') return false;
  const toPatient = request.to.kind === 'patient' || request.to.kind === 'supporter';
  if (toPatient && now?.plan.stopped !== undefined) return false;
  return await aboutIsSo(tools, request.about);
}

async function aboutIsSo(tools: Tools, about: About): Promise<boolean> {
  if (about.kind === 'alert') {
    const alert = await alertOf(tools, about.patientId);
    if (about.while === 'any') return true;
    if (alert?.alertId !== about.alertId || alert.state === 'resolved') return false;
    return about.while === 'open' || alert.state === 'triggered';
  }
  if (about.kind === 'task') return (await taskOf(tools, about.patientId, about.taskId))?.state === 'open';
  return true;
}
