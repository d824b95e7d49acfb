import type { Tools } from '../shared/tools.ts';
import type { PatientProfile, SupporterView } from './contract.ts';
import { readProfile, readSupporters } from './patient-store.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** Who a patient is: name, code, language, zone, how to reach them, whose caseload. One read. For every context. */
export async function patientProfile(tools: Table, patientId: string): Promise<PatientProfile | undefined> {
  return await readProfile(tools, patientId);
}

/** The people who help a patient and may be told or called; without those who were removed. */
export async function supportersOf(tools: Table, patientId: string): Promise<readonly SupporterView[]> {
  const all = await readSupporters(tools, patientId);
  return all.filter((supporter) => supporter.state !== 'removed');
}
