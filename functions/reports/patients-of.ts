import type { Tools } from '../shared/tools.ts';
import { readCaseload } from './store.ts';

/** The patients of a team, by name. For every context that must go through a caseload; it opens no record. */
export async function patientsOf(tools: Tools, teamId: string): Promise<string[]> {
  const rows = await readCaseload(tools, teamId);
  return rows.sort((a, b) => a.name.localeCompare(b.name)).map((row) => row.patientId);
}
