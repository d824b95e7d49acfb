import { heldBox } from '../devices/box-report.ts';
import { incidentOpen } from '../devices/check.ts';
import type { Team } from '../organisations/team.ts';
import type { Tools } from '../shared/tools.ts';
import { situation } from '../treatment/situation.ts';
import type { MessageRequest } from './message.ts';

/**
 * While a facility's boxes are silent together nothing goes to its patients and supporters: what boxes did not say is no
 * news of theirs, and who has opened a box that cannot speak must not be nagged. The box itself still rings. Only a first
 * reminder of a dose that no box watches goes out: it follows from the plan alone, and nothing else reminds that patient.
 */
export async function isHeld(tools: Tools, request: MessageRequest, team: Pick<Team, 'facilityId'>): Promise<boolean> {
  const { to } = request;
  if (to.kind !== 'patient' && to.kind !== 'supporter') return false;
  if (!(await incidentOpen(tools, team.facilityId))) return false;
  return !(await isUnwatchedReminder(tools, request));
}

async function isUnwatchedReminder(tools: Tools, { about }: MessageRequest): Promise<boolean> {
  if (about.kind !== 'dose' || about.step !== 'remind') return false;
  if ((await heldBox(tools, about.patientId)) === undefined) return true;
  const now = await situation(tools, about.patientId, 2);
  const day = now?.days.find((one) => one.localDate === about.localDate);
  return day?.slots.find((one) => one.name === about.slot)?.inBox === false;
}
