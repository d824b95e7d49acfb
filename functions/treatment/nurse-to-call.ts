import { patientProfile } from '../identity/patient-profile.ts';
import { memberOf, ownerNow } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import type { Tools } from '../shared/tools.ts';
import type { TodayView } from './view-shapes.ts';

/** Whom the patient calls now: who answers for their team, by their own number or the team's. */
export async function nurseToCall(tools: Tools, patientId: string): Promise<TodayView['nurse']> {
  const profile = await patientProfile(tools, patientId);
  const team = profile && (await teamOf(tools, profile.teamId));
  if (!team) return undefined;
  const member = memberOf(team, ownerNow(team, tools.now()).userId);
  const phone = member?.phone ?? team.helpPhone;
  return { name: member?.name ?? team.name, ...(phone !== undefined && { phone }) };
}
