import { decide, staffRoles } from '../shared/access.ts';
import { readAccessCard } from '../shared/access-store.ts';
import type { ActorTools } from '../shared/http.ts';
import { patientReader, type Reader, staffReader } from './day-view.ts';
import type { Recorder } from './record-for-person.ts';

/** Is the caller here as staff of this patient's team? Somebody with a staff role may still come as a supporter. */
async function actsAsStaff(tools: ActorTools, patientId: string): Promise<boolean> {
  if (!tools.actor.roles.some((role) => staffRoles.includes(role))) return false;
  const card = await readAccessCard(tools, { kind: 'patient', id: patientId });
  return card !== undefined && decide(tools.actor, card, 'care', tools.now()).allowed;
}

/** How the caller may read this patient's days. The route has decided that they may. */
export async function readerOf(tools: ActorTools, patientId: string): Promise<Reader> {
  return (await actsAsStaff(tools, patientId)) ? staffReader : patientReader;
}

/** As whom the caller records. */
export async function recorderOf(tools: ActorTools, patientId: string): Promise<Recorder> {
  const staff = await actsAsStaff(tools, patientId);
  const { userId, patientId: own, roles } = tools.actor;
  const lay = own === patientId ? 'patient' : 'supporter';
  return { userId, staff, role: staff ? (roles.find((role) => staffRoles.includes(role)) ?? 'nurse') : lay };
}
