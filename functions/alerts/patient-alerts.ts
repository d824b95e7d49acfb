import { patientProfile } from '../identity/patient-profile.ts';
import type { Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { Alert } from './alert.ts';
import type { AlertView, PatientAlertsView, PatientTag } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import { policyOf } from './policy-of.ts';
import { readAlerts, readNotes, readTasks } from './store.ts';
import { alertView, taskView } from './views.ts';

/** What every route about one patient's alerts needs: whose they are, which team, which policy. */
export type Around = { readonly tag: PatientTag; readonly team: Team; readonly policy: AlertPolicy };

export async function around(tools: Tools, patientId: string): Promise<Around> {
  const profile = await patientProfile(tools, patientId);
  const team = profile && (await teamOf(tools, profile.teamId));
  if (!profile || !team) throw notFound('patient');
  const phone = profile.reach.use === 'none' ? undefined : profile.reach.phone;
  const tag = { patientId, code: profile.code, name: profile.name, ...(phone !== undefined && { phone }) };
  return { tag, team, policy: await policyOf(tools, team.teamId) };
}

export async function view(tools: Tools, { tag, team, policy }: Around, alert: Alert): Promise<AlertView> {
  return alertView(alert, tag, team, policy, tools.now());
}

/** The open alert, those before it, and what is to do. */
export async function patientAlerts(tools: Tools, patientId: string): Promise<PatientAlertsView> {
  const see = await around(tools, patientId);
  const [alerts, tasks, notes] = await Promise.all([
    readAlerts(tools, patientId),
    readTasks(tools, patientId),
    readNotes(tools, patientId),
  ]);
  const now = tools.now();
  // The last one stands at its fixed key also after it ended, and beside it once another has opened.
  const unique = [...new Map(alerts.map((alert) => [alert.alertId, alert])).values()];
  const newestFirst = unique.sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const current = newestFirst.find((alert) => alert.state !== 'resolved');
  const told = newestFirst.filter((alert) => alert !== current && alert.band !== 'notice');
  return {
    ...(current && { current: await view(tools, see, current) }),
    before: await Promise.all(told.map((alert) => view(tools, see, alert))),
    tasks: tasks
      .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
      .slice(0, 50)
      .map((task) => taskView(task, see.team, now)),
    notes: notes.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 50),
  };
}

export async function oneAlert(tools: Tools, patientId: string, alertId: string): Promise<AlertView> {
  const alert = (await readAlerts(tools, patientId)).find((one) => one.alertId === alertId);
  if (!alert) throw notFound('alert');
  return await view(tools, await around(tools, patientId), alert);
}
