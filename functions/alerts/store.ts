import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { TicketView } from '../devices/contract.ts';
import { conditionally, getItem, putItem, queryAll } from '../shared/table.ts';
import { expiresAtEpochSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { Alert, legalBefore, type Verb } from './alert.ts';
import { PatientNote } from './note-shapes.ts';
import type { TeamChoices } from './policy.ts';
import { sectionOfTask, Task } from './task.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

const partition = (patientId: string) => `PAT#${patientId}`;
const openKey = (patientId: string) => ({ pk: partition(patientId), sk: 'ALERT#open' });
const taskKey = (patientId: string, taskId: string) => ({ pk: partition(patientId), sk: `TASK#${taskId}` });
const work = (teamId: string) => `TEAM#${teamId}#WORK`;
const done = (teamId: string, month: string) => `TEAM#${teamId}#DONE#${month}`;

/** Access pattern 200: the patient's one alert: the open one, or the last as it ended. */
export async function readAlert(table: Table, patientId: string): Promise<Alert | undefined> {
  return await getItem(table, openKey(patientId), Alert);
}

/** Access pattern 201: opens the one alert; 'conflict' when one is open already. The ended one before it is kept beside (one more write). */
export async function openAlert(table: Table, alert: Alert, ended: Alert | undefined): Promise<'stored' | 'conflict'> {
  if (ended) await archive(table, ended);
  const item = alertItem({ ...alert, version: (ended?.version ?? 0) + 1 });
  if (!ended) return await putItem(table, item, { expression: 'attribute_not_exists(pk)' });
  return await putItem(table, item, {
    expression: 'alertId = :ended AND #state = :resolved',
    names: { '#state': 'state' },
    values: { ':ended': ended.alertId, ':resolved': 'resolved' },
  });
}

/** Access pattern 202: changes the alert over the version that was read, from a state that the verb may start from. */
export async function changeAlert(table: Table, next: Alert, verb: Verb): Promise<'stored' | 'conflict'> {
  const states = legalBefore[verb];
  return await putItem(table, alertItem({ ...next, version: next.version + 1 }), {
    expression: `alertId = :alertId AND version = :read AND #state IN (${states.map((_, i) => `:s${i}`).join(', ')})`,
    names: { '#state': 'state' },
    values: {
      ':alertId': next.alertId,
      ':read': next.version,
      ...Object.fromEntries(states.map((state, i) => [`:s${i}`, state])),
    },
  });
}

/** Access pattern 203: a patient's alerts, the ended ones too. */
export async function readAlerts(table: Table, patientId: string): Promise<Alert[]> {
  return await queryAll(table, prefix(patientId, 'ALERT#'), Alert);
}

export type Work = {
  readonly alerts: Alert[];
  readonly tasks: Task[];
  /** Of devices: their contract says what they are. */
  readonly tickets: TicketView[];
};

/** Access pattern 204: what a team has to do, alerts, tasks and tickets in one query (index, eventual). */
export async function readWork(table: Table, teamId: string): Promise<Work> {
  const rows = await queryAll(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': work(teamId) },
    },
    z.looseObject({ kind: z.string() }),
  );
  return {
    alerts: rows.filter((row) => row.kind === 'alert').map((row) => z.parse(Alert, row)),
    tasks: rows.filter((row) => row.kind === 'task').map((row) => z.parse(Task, row)),
    tickets: rows.filter((row) => row.kind === 'ticket').map((row) => z.parse(TicketView, row)),
  };
}

/** Access pattern 205: a team's alerts that ended in a month (index, eventual). */
export async function readEnded(table: Table, teamId: string, month: string): Promise<Alert[]> {
  return await queryAll(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': done(teamId, month) },
    },
    Alert,
  );
}

/** Access pattern 206: a patient's tasks. */
export async function readTasks(table: Table, patientId: string): Promise<Task[]> {
  return await queryAll(table, prefix(patientId, 'TASK#'), Task);
}

/** Access pattern 207: one task. */
export async function readTask(table: Table, patientId: string, taskId: string): Promise<Task | undefined> {
  return await getItem(table, taskKey(patientId, taskId), Task);
}

/** Access pattern 208: a new task, once per id. */
export async function putTask(table: Table, task: Task): Promise<'stored' | 'conflict'> {
  return await putItem(table, taskItem({ ...task, version: 1 }), { expression: 'attribute_not_exists(pk)' });
}

/** Access pattern 209: changes a task over the version that was read, from the state named. */
export async function changeTask(table: Table, next: Task, from: Task['state']): Promise<'stored' | 'conflict'> {
  return await putItem(table, taskItem({ ...next, version: next.version + 1 }), {
    expression: 'version = :read AND #state = :from',
    names: { '#state': 'state' },
    values: { ':read': next.version, ':from': from },
  });
}

const OpenLink = z.object({
  patientId: z.string(),
  alertId: z.string(),
  userId: z.string(),
  expiresAt: z.string(),
});
export type OpenLink = z.infer<typeof OpenLink>;
const linkKey = (hash: string) => ({ pk: `LINK#${hash}`, sk: 'LINK' });

/** Access pattern 210: a link's hash, and what it may acknowledge. */
export async function putLink(table: Table, hash: string, link: OpenLink): Promise<void> {
  const item = { ...linkKey(hash), kind: 'link', v: 1, ...link };
  const Item = { ...item, expiresAtEpochSeconds: expiresAtEpochSeconds(link.expiresAt, 24 * 3600) };
  await table.db.send(new PutCommand({ TableName: table.tableName, Item }));
}

/** Access pattern 211: what a link's hash may acknowledge. */
export async function readLink(table: Table, hash: string): Promise<OpenLink | undefined> {
  return await getItem(table, linkKey(hash), OpenLink);
}

const Choices = z.object({
  everyMiss: z.boolean(),
  acknowledgeHours: z.number(),
  digestAt: z.string(),
  policyVersion: z.string(),
  version: z.int(),
});
export type StoredChoices = z.infer<typeof Choices>;
const choicesKey = (teamId: string) => ({ pk: `TEAM#${teamId}`, sk: 'ALERT-POLICY' });

/** Access pattern 212: what a team chose for its alerts. */
export async function readChoices(table: Table, teamId: string): Promise<StoredChoices | undefined> {
  return await getItem(table, choicesKey(teamId), Choices);
}

/** Access pattern 213: a team's choices over the version that was read; 0: none yet. */
export async function writeChoices(
  table: Table,
  teamId: string,
  choices: Required<TeamChoices> & { policyVersion: string },
  read: number,
): Promise<'stored' | 'conflict'> {
  const item = { ...choicesKey(teamId), kind: 'alert-policy', v: 1, ...choices, version: read + 1 };
  return await putItem(
    table,
    item,
    read === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': read } },
  );
}

const noteKey = (patientId: string, noteId: string) => ({ pk: partition(patientId), sk: `NOTE#${noteId}` });

/** Access pattern 214: a new note about a patient, once per id. */
export async function putNote(table: Table, patientId: string, note: PatientNote): Promise<'stored' | 'conflict'> {
  const item = { ...noteKey(patientId, note.noteId), kind: 'note', v: 1, ...note };
  return await putItem(table, item, { expression: 'attribute_not_exists(pk)' });
}

/** Access pattern 215: one note. */
export async function readNote(table: Table, patientId: string, noteId: string): Promise<PatientNote | undefined> {
  return await getItem(table, noteKey(patientId, noteId), PatientNote);
}

/** Access pattern 216: the notes about a patient, in no order. */
export async function readNotes(table: Table, patientId: string): Promise<PatientNote[]> {
  return await queryAll(table, prefix(patientId, 'NOTE#'), PatientNote);
}

/** Ended alerts that somebody had to act on stay findable by month, for the programme's line; notices do not. */
function alertItem(alert: Alert) {
  const index =
    alert.state !== 'resolved'
      ? { gsi1pk: work(alert.teamId), gsi1sk: `alert#${alert.openedAt}#${alert.alertId}` }
      : doneIndex(alert);
  return { ...openKey(alert.patientId), kind: 'alert', v: 1, ...index, ...alert };
}

function doneIndex(alert: Alert) {
  if (alert.band !== 'red' || alert.resolvedAt === undefined) return {};
  return { gsi1pk: done(alert.teamId, alert.resolvedAt.slice(0, 7)), gsi1sk: `${alert.resolvedAt}#${alert.alertId}` };
}

async function archive(table: Table, ended: Alert): Promise<void> {
  const Item = { ...alertItem(ended), sk: `ALERT#${ended.alertId}` };
  await conditionally(table.db.send(new PutCommand({ TableName: table.tableName, Item })));
}

function taskItem(task: Task) {
  const index =
    task.state === 'open'
      ? { gsi1pk: work(task.teamId), gsi1sk: `${sectionOfTask[task.taskKind]}#${task.openedAt}#${task.taskId}` }
      : {};
  return { ...taskKey(task.patientId, task.taskId), kind: 'task', v: 1, ...index, ...task };
}

function prefix(patientId: string, start: string) {
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': partition(patientId), ':prefix': start },
    ConsistentRead: true,
  };
}
