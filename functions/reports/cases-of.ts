import type { Tools } from '../shared/tools.ts';
import { caseAt, isNotYet } from './case-row.ts';
import type { CaseRow } from './contract.ts';
import { readCaseload } from './store.ts';

export type CasesOf = {
  readonly byPatient: ReadonlyMap<string, CaseRow>;
  readonly notYet: { readonly count: number; readonly critical: number; readonly openUntil?: string };
};

/** A team's rows by patient and who has not answered yet, in one query: what a worklist shows beside its own. It audits nothing. */
export async function casesOf(tools: Tools, teamId: string): Promise<CasesOf> {
  const now = tools.now();
  const rows = (await readCaseload(tools, teamId)).map((row) => caseAt(row, now));
  const open = rows.filter((row) => isNotYet(row, now));
  const openUntil = open
    .flatMap((row) => row.slots.filter((slot) => slot.status === 'yet').map((slot) => slot.closesAt))
    .sort()
    .at(-1);
  return {
    byPatient: new Map(rows.map((row) => [row.patientId, row])),
    notYet: {
      count: open.length,
      critical: open.filter((row) => row.slots.some((slot) => slot.critical)).length,
      ...(openUntil !== undefined && { openUntil }),
    },
  };
}
