import type { TicketView } from '../devices/contract.ts';
import { loadOf } from '../notifications/load-of.ts';
import type { Team } from '../organisations/team.ts';
import { casesOf } from '../reports/cases-of.ts';
import type { CaseRow } from '../reports/contract.ts';
import { audit } from '../shared/audit.ts';
import type { ActorTools } from '../shared/http.ts';
import { localDateOf, secondsBetween } from '../shared/time.ts';
import { type Alert, isOpen } from './alert.ts';
import { byAge, byDay } from './by-urgency.ts';
import type { PatientTag, WorklistView, WorkRow } from './contract.ts';
import { contactOf, type Duty, dutyOf, sectionOf } from './duty.ts';
import { oneRowEach } from './one-row.ts';
import { policyOf } from './policy-of.ts';
import type { Reason } from './reason.ts';
import { readWork } from './store.ts';
import type { Task } from './task.ts';
import { ownerView } from './views.ts';

/** A team's list that can be emptied: what needs somebody now, what was promised, whom to ask, which boxes to look at. */
export async function worklist(tools: ActorTools, team: Team): Promise<WorklistView> {
  const now = tools.now();
  const today = localDateOf(now, team.calendar.zone);
  const [work, cases, policy, told] = await Promise.all([
    readWork(tools, team.teamId),
    casesOf(tools, team.teamId),
    policyOf(tools, team.teamId),
    loadOf(tools, tools.actor.userId, today),
  ]);
  const see: See = { team, now, today, userId: tools.actor.userId, cases: cases.byPatient };
  const tasks = work.tasks.filter((task) => task.state === 'open');
  const of = (section: string) =>
    tasks.filter((task) => sectionOf(task, team.calendar, today) === section).map((task) => taskRow(task, see));
  const alerts = work.alerts.filter(isOpen).map((alert) => alertRow(alert, see));
  const view: WorklistView = {
    teamId: team.teamId,
    asOf: now,
    now: oneRowEach([...alerts, ...of('now')]),
    promised: of('promised').sort(byDay),
    ask: of('ask').sort(byDay),
    boxes: [...work.tickets.map((ticket) => ticketRow(ticket, see)), ...of('boxes')].sort(byAge),
    notYet: cases.notYet,
    load: { sent: told.length, of: policy.immediatePerDay, patients: cases.byPatient.size },
    acknowledgeHours: policy.acknowledgeHours,
  };
  await auditList(tools, team, view);
  return view;
}

type See = {
  readonly team: Team;
  readonly now: string;
  readonly today: string;
  readonly userId: string;
  readonly cases: ReadonlyMap<string, CaseRow>;
};

function tagOf(patientId: string, code: string, row: CaseRow | undefined): PatientTag {
  const phone = row?.phone;
  return { patientId, code: row?.code ?? code, name: row?.name ?? '', ...(phone !== undefined && { phone }) };
}

function alertRow(alert: Alert, see: See): WorkRow {
  const owner = ownerView(see.team, alert.ownerId, see.now, alert.ownerBefore);
  const duty = dutyOf(alert, see.team.calendar);
  const row = see.cases.get(alert.patientId);
  return {
    rowId: alert.alertId,
    kind: 'alert',
    patient: tagOf(alert.patientId, alert.patientCode, row),
    ...(row?.box && { boxId: row.box.boxId }),
    band: alert.band,
    critical: alert.critical,
    state: alert.state,
    reason: alert.reason,
    owner,
    mine: owner.userId === see.userId,
    openedAt: alert.openedAt,
    ...dueOf(duty),
    late: duty !== undefined && duty.within < see.now,
    ...(alert.contactBy !== undefined && { contactBy: alert.contactBy }),
    version: alert.version,
  };
}

function dueOf(duty: Duty | undefined): Pick<WorkRow, 'dueBy' | 'dueWithin' | 'duty'> {
  if (!duty) return {};
  return { dueBy: duty.by, duty: duty.kind, ...(duty.within !== duty.by && { dueWithin: duty.within }) };
}

function taskRow(task: Task, see: See): WorkRow {
  const owner = ownerView(see.team, task.ownerId, see.now);
  const row = see.cases.get(task.patientId);
  const contact = contactOf(task, see.team.calendar);
  return {
    rowId: task.taskId,
    kind: 'task',
    taskKind: task.taskKind,
    patient: tagOf(task.patientId, task.patientCode, row),
    ...(row?.box && { boxId: row.box.boxId }),
    ...(task.taskKind === 'cannot-take' && { band: 'yellow' as const }),
    ...(task.contactBy !== undefined && { band: 'red' as const, contactBy: task.contactBy }),
    critical: row?.slots.some((slot) => slot.critical) ?? false,
    state: 'open',
    reason: task.reason,
    ...(task.note !== undefined && { note: task.note }),
    owner,
    mine: owner.userId === see.userId,
    openedAt: task.openedAt,
    ...(task.dueBy !== undefined && { dueBy: task.dueBy }),
    ...dueOf(contact),
    ...(task.dueOn !== undefined && { dueOn: task.dueOn }),
    late: (contact?.within ?? task.dueBy ?? '9') < see.now || (task.dueOn ?? '9') < see.today,
    version: task.version,
  };
}

function ticketRow(ticket: TicketView, see: See): WorkRow {
  const { boxId, patientId = '' } = ticket;
  const owner = ownerView(see.team, see.team.ownerId, see.now);
  return {
    rowId: ticket.ticketId,
    kind: 'task',
    taskKind: 'device',
    patient: tagOf(patientId, '', see.cases.get(patientId)),
    boxId,
    critical: false,
    state: 'open',
    reason: ticketReason(ticket),
    owner,
    mine: owner.userId === see.userId,
    openedAt: ticket.openedAt,
    late: false,
    version: 1,
  };
}

function ticketReason({ boxId, reasons, lastHeardAt: since }: TicketView): Reason {
  if (reasons.includes('silence'))
    return { key: 'box-silent', params: { boxId, ...(since !== undefined && { since }) } };
  return { key: reasons.includes('battery') ? 'box-battery' : 'box-other', params: { boxId } };
}

const shownTo = new Map<string, { readonly ids: string; readonly at: string }>();
const repeatSeconds = 600;

/** A list is one event with the ids that it showed; the same list shown again to the same person is the same event for ten minutes. */
async function auditList(tools: ActorTools, team: Team, view: WorklistView): Promise<void> {
  const rows = [...view.now, ...view.promised, ...view.ask, ...view.boxes];
  const ids = [...new Set(rows.map((row) => row.patient.patientId))].sort();
  const key = `${tools.actor.userId} ${team.teamId}`;
  const before = shownTo.get(key);
  const age = before === undefined ? -1 : secondsBetween(before.at, view.asOf);
  if (before?.ids === ids.join() && age >= 0 && age < repeatSeconds) return;
  const event = { actorId: tools.actor.userId, action: 'list the work', outcome: 'allowed', why: 'care team' } as const;
  await audit(tools, { ...event, subjectId: team.teamId, ids });
  if (shownTo.size > 2_000) shownTo.clear();
  shownTo.set(key, { ids: ids.join(), at: view.asOf });
}
