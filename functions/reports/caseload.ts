import { endedAlertsOf, openAlertsOf } from '../alerts/alert-of.ts';
import { audit } from '../shared/audit.ts';
import type { ActorTools } from '../shared/http.ts';
import { invalid } from '../shared/refusal.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { caseAt, fits, isNotYet } from './case-row.ts';
import type { CaseloadView, CaseRow, NotYetView, ProgrammeLine } from './contract.ts';
import { programmeLine } from './programme.ts';
import { readCaseload } from './store.ts';

const byName = (a: CaseRow, b: CaseRow) => a.name.localeCompare(b.name) || (a.patientId < b.patientId ? -1 : 1);

async function rowsOf(tools: Tools, teamId: string): Promise<CaseRow[]> {
  const now = tools.now();
  return (await readCaseload(tools, teamId)).map((row) => caseAt(row, now)).sort(byName);
}

/** A page of the caseload by name. The list is one audit event with the ids that it showed. */
export async function caseload(
  tools: ActorTools,
  teamId: string,
  { search = '', cursor, limit }: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<CaseloadView> {
  const rows = (await rowsOf(tools, teamId)).filter((row) => fits(row, search));
  const after = cursor === undefined ? -1 : rows.findIndex((row) => row.patientId === cursor);
  if (cursor !== undefined && after < 0) throw invalid('/query/cursor', 'This cursor does not belong to this list.');
  const patients = await withAlerts(tools, teamId, rows.slice(after + 1, after + 1 + limit));
  const last = patients.at(-1);
  const more = after + 1 + limit < rows.length;
  await auditList(tools, teamId, 'list patients', patients);
  return { patients, total: rows.length, ...(more && last && { next: last.patientId }) };
}

/** Alerts stand in the index already: one query for the list instead of a write for each step of each alert. */
async function withAlerts(tools: Tools, teamId: string, rows: readonly CaseRow[]): Promise<CaseRow[]> {
  const open = new Map((await openAlertsOf(tools, teamId)).map((alert) => [alert.patientId, alert]));
  return rows.map((row) => {
    const alert = open.get(row.patientId);
    return alert ? { ...row, alert: { alertId: alert.alertId, band: alert.band, state: alert.state } } : row;
  });
}

/** Whose dose of today is open and unanswered, the critical weeks first, then by when the dose was planned. */
export async function notYet(tools: ActorTools, teamId: string): Promise<NotYetView> {
  const now = tools.now();
  const patients = (await rowsOf(tools, teamId)).filter((row) => isNotYet(row, now)).sort(byUrgency);
  const closing = patients
    .flatMap((row) => row.slots.filter((slot) => slot.status === 'yet').map((slot) => slot.closesAt))
    .sort();
  const openUntil = closing.at(-1);
  await auditList(tools, teamId, 'list who has not answered yet', patients);
  return {
    asOf: now,
    critical: patients.filter(isCritical).length,
    patients,
    ...(openUntil !== undefined && { openUntil }),
  };
}

const isCritical = (row: CaseRow) => row.slots.some((slot) => slot.critical);
const plannedAt = (row: CaseRow) => row.slots.find((slot) => slot.status === 'yet')?.plannedAt ?? '';

function byUrgency(a: CaseRow, b: CaseRow): number {
  return Number(isCritical(b)) - Number(isCritical(a)) || plannedAt(a).localeCompare(plannedAt(b)) || byName(a, b);
}

/** The programme's line of one team for alerts that opened between two dates (UTC). */
export async function programme(tools: Tools, teamId: string, from: string, to: string): Promise<ProgrammeLine> {
  const now = tools.now();
  const months = monthsBetween(from, now.slice(0, 10));
  const [open, ended] = await Promise.all([openAlertsOf(tools, teamId), endedAlertsOf(tools, teamId, months)]);
  return programmeLine([...open, ...ended], from, to, now);
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (
    let month = from.slice(0, 7);
    month <= to.slice(0, 7) && months.length < 13;
    month = addDays(`${month}-28`, 5).slice(0, 7)
  )
    months.push(month);
  return months;
}

async function auditList(tools: ActorTools, teamId: string, action: string, rows: readonly CaseRow[]): Promise<void> {
  const ids = rows.map((row) => row.patientId);
  await audit(tools, {
    subjectId: teamId,
    actorId: tools.actor.userId,
    action,
    outcome: 'allowed',
    why: 'care team',
    ids,
  });
}
