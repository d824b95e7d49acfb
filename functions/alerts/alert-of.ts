import type { Tools } from '../shared/tools.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';
import { readAlert, readEnded, readWork } from './store.ts';
import type { Task } from './task.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** The patient's one alert, open or as it ended. For every context. */
export async function alertOf(tools: Table, patientId: string): Promise<Alert | undefined> {
  return await readAlert(tools, patientId);
}

/** A team's open alerts, and the promises to red patients whose alert was closed before anybody had spoken with them. */
export async function openWorkOf(tools: Table, teamId: string): Promise<{ alerts: Alert[]; owed: Task[] }> {
  const { alerts, tasks } = await readWork(tools, teamId);
  const owed = tasks.filter(({ state, contactBy }) => state === 'open' && contactBy !== undefined);
  return { alerts: alerts.filter(isOpen), owed };
}

/** A team's open alerts. */
export async function openAlertsOf(tools: Table, teamId: string): Promise<Alert[]> {
  return (await readWork(tools, teamId)).alerts.filter(isOpen);
}

/** A team's red alerts that ended in these months (`YYYY-MM`). */
export async function endedAlertsOf(tools: Table, teamId: string, months: readonly string[]): Promise<Alert[]> {
  return (await Promise.all(months.map((month) => readEnded(tools, teamId, month)))).flat();
}
