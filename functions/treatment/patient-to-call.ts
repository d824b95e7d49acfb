import { patientProfile } from '../identity/patient-profile.ts';
import { decide } from '../shared/access.ts';
import { readAccessCard } from '../shared/access-store.ts';
import type { ActorTools } from '../shared/http.ts';

/** The number by which somebody who helps calls the patient: only when the patient turned that on and has a phone. */
export async function patientToCall(tools: ActorTools, patientId: string): Promise<string | undefined> {
  if (!tools.actor.roles.includes('supporter')) return undefined;
  const card = await readAccessCard(tools, { kind: 'patient', id: patientId });
  if (!card || !decide(tools.actor, card, 'call', tools.now()).allowed) return undefined;
  const reach = (await patientProfile(tools, patientId))?.reach;
  return reach === undefined || reach.use === 'none' ? undefined : reach.phone;
}
