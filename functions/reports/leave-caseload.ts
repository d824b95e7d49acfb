import type { Tools } from '../shared/tools.ts';
import { removeCase } from './store.ts';

/** A patient belongs to another team now: the old list does not show them any more. For who hands over. */
export async function leaveCaseload(tools: Tools, teamId: string, patientId: string): Promise<void> {
  await removeCase(tools, teamId, patientId);
}
