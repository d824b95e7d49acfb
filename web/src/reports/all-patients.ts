import type { CaseloadView, CaseRow } from '../../../functions/reports/contract.ts';
import { get } from '../shell/api.ts';

/** Every patient of a team that fits the search, a page of 200 after the other; `onPage` hears how far it is. */
export async function allPatients(
  teamId: string,
  options: { search?: string; signal: AbortSignal; onPage?: (done: number, of: number) => void },
): Promise<CaseRow[]> {
  const asked = new URLSearchParams({ limit: '200', ...(options.search && { search: options.search }) });
  const all: CaseRow[] = [];
  let next: string | undefined;
  do {
    if (next) asked.set('cursor', next);
    const page = await get<CaseloadView>(`/api/reports/teams/${teamId}/patients?${asked}`, options.signal);
    all.push(...page.patients);
    options.onPage?.(all.length, page.total);
    next = page.next;
  } while (next);
  return all;
}
