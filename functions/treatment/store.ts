import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { LocalDate } from '../shared/shapes.ts';
import { conditionally, type Entry, getItem, type Key, putItem, queryAll, queryRows } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { type Day, DayItem, toItem } from './day-item.ts';
import type { DerivedDay } from './derive-day.ts';
import { Away } from './evidence-shapes.ts';
import { MedicationPlan } from './plan-shapes.ts';
import { MonthSummary } from './view-shapes.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/**
 * What every question about a patient's days needs beside the days: the plan that is current and the aways of late. It
 * sorts right behind the days, so that "today" is one query.
 */
export const Card = z.object({
  plan: MedicationPlan,
  aways: z.array(Away),
  /** A change holds from this date, and stored days may not follow it yet. Written with the change, gone when they do. */
  catchUpFrom: z.optional(LocalDate),
  version: z.int(),
});
export type Card = z.infer<typeof Card>;

const partition = (patientId: string) => `PAT#${patientId}`;
const dayKey = (patientId: string, localDate: string): Key => ({ pk: partition(patientId), sk: `DAY#${localDate}` });
export const cardKey = (patientId: string): Key => ({ pk: partition(patientId), sk: 'DAY#~PLAN' });
const planKey = (patientId: string, planId: string): Key => ({ pk: partition(patientId), sk: `PLAN#${planId}` });
const awayKey = (patientId: string, awayId: string): Key => ({ pk: partition(patientId), sk: `AWAY#${awayId}` });
const monthKey = (patientId: string, month: string): Key => ({ pk: partition(patientId), sk: `MONTH#${month}` });

/** Access pattern 20: one day, consistently. */
export async function readDay(table: Table, patientId: string, localDate: string): Promise<Day | undefined> {
  return await getItem(table, dayKey(patientId, localDate), DayItem);
}

/** Access pattern 21: one day and its statuses, in one write, only over the version that was read. */
export async function writeDay(
  table: Table,
  patientId: string,
  day: Day,
  derived: DerivedDay,
): Promise<'stored' | 'conflict'> {
  const condition =
    day.version === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': day.version } };
  return await putItem(table, toItem(patientId, day, derived), condition);
}

/** Access pattern 32: what was told about a stored day, beside whatever else changes it; 'conflict' when nothing was told of it yet. */
export async function writeTold(
  table: Table,
  patientId: string,
  localDate: string,
  step: string,
  value: string,
): Promise<'stored' | 'conflict'> {
  const update = new UpdateCommand({
    TableName: table.tableName,
    Key: dayKey(patientId, localDate),
    UpdateExpression: 'SET told.#step = :value ADD version :one',
    ConditionExpression: 'attribute_exists(told)',
    ExpressionAttributeNames: { '#step': step },
    ExpressionAttributeValues: { ':value': value, ':one': 1 },
  });
  return await conditionally(table.db.send(update));
}

/** Access pattern 22: the current plan and aways. */
export async function readCard(table: Table, patientId: string): Promise<Card | undefined> {
  return await getItem(table, cardKey(patientId), Card);
}

/** Access pattern 23: the days from a date on and the card behind them, one query, eventually consistent unless asked. */
export async function readDaysAndCard(
  table: Table,
  patientId: string,
  from: string,
  options: { consistent?: boolean } = {},
): Promise<{ days: Day[]; card: Card | undefined }> {
  const rows = await rowsBetween(table, patientId, `DAY#${from}`, 'DAY#~PLAN', options);
  const days: Day[] = [];
  let card: Card | undefined;
  for (const row of rows) {
    if (row.sk === 'DAY#~PLAN') card = z.parse(Card, row);
    else days.push(z.parse(DayItem, row));
  }
  return { days, card };
}

/** Access pattern 24: the days between two dates, both inclusive, eventually consistent unless asked. */
export async function readDays(
  table: Table,
  patientId: string,
  from: string,
  to: string,
  options: { consistent?: boolean } = {},
): Promise<Day[]> {
  return (await rowsBetween(table, patientId, `DAY#${from}`, `DAY#${to}`, options)).map((row) => z.parse(DayItem, row));
}

/** Access pattern 25: the month summaries before a month, oldest first. */
export async function readMonths(table: Table, patientId: string, before: string): Promise<MonthSummary[]> {
  const rows = await rowsBetween(table, patientId, 'MONTH#0000-00', `MONTH#${before}`);
  return rows.map((row) => z.parse(MonthSummary, row)).filter((summary) => summary.month < before);
}

/** Access pattern 34: the summary of one month, consistently. */
export async function readMonth(table: Table, patientId: string, month: string): Promise<MonthSummary | undefined> {
  return await getItem(table, monthKey(patientId, month), MonthSummary);
}

/** Access pattern 26: writes a month summary over the one that was read before its days were. */
export async function writeMonth(
  table: Table,
  patientId: string,
  summary: MonthSummary,
  before: MonthSummary | undefined,
): Promise<'stored' | 'conflict'> {
  const condition = before
    ? { expression: 'slots = :before', values: { ':before': before.slots } }
    : { expression: 'attribute_not_exists(pk)' };
  return await putItem(table, { ...monthKey(patientId, summary.month), kind: 'month', v: 1, ...summary }, condition);
}

/** Access pattern 27: every plan of a patient, the ended ones too, the newest first. */
export async function readPlans(table: Table, patientId: string): Promise<MedicationPlan[]> {
  const plans = await queryAll(table, prefixQuery(patientId, 'PLAN#'), MedicationPlan);
  return plans.sort((a, b) => b.start.localeCompare(a.start));
}

/** Access pattern 28: one plan. */
export async function readPlan(table: Table, patientId: string, planId: string): Promise<MedicationPlan | undefined> {
  return await getItem(table, planKey(patientId, planId), MedicationPlan);
}

/** Access pattern 29: every away of a patient. */
export async function readAways(table: Table, patientId: string): Promise<Away[]> {
  return await queryAll(table, prefixQuery(patientId, 'AWAY#'), Away);
}

/**
 * Access pattern 30: a plan and the card with it. A new plan finds no card or the card of an ended one; a change finds the
 * versions it was made from: two prescribers cannot both win, and a stopped plan stays stopped. `from`: the first day that it
 * may change. `checks`: what else must hold in the same moment.
 */
export async function writePlan(
  table: Table,
  plan: MedicationPlan,
  card: Card | undefined,
  from: string,
  checks: readonly Entry[] = [],
): Promise<'stored' | 'conflict'> {
  const next = { ...plan, version: plan.version + 1 };
  const planCondition =
    plan.version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :read AND #status IN (:active, :hold)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':read': plan.version, ':active': 'active', ':hold': 'on-hold' },
        };
  return await both(
    table,
    { Item: { ...planKey(plan.patientId, plan.planId), kind: 'plan', v: 1, ...next }, ...planCondition },
    cardPut(plan.patientId, { aways: [], version: 0, ...card, plan: next }, from),
    checks,
  );
}

/** Access pattern 31: an away and the card's list of them; days from its first on may change. `before`: the state that the away must be in. */
export async function writeAway(
  table: Table,
  patientId: string,
  away: Away,
  card: Card,
  before: 'new' | 'open',
): Promise<'stored' | 'conflict'> {
  const condition =
    before === 'new'
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'attribute_not_exists(#to)', ExpressionAttributeNames: { '#to': 'to' } };
  return await both(
    table,
    { Item: { ...awayKey(patientId, away.awayId), kind: 'away', v: 1, ...away }, ...condition },
    cardPut(patientId, card, away.from),
  );
}

/** Access pattern 33: the stored days follow the card as it was read; 'conflict' when it changed meanwhile. */
export async function writeCaughtUp(table: Table, patientId: string, card: Card): Promise<'stored' | 'conflict'> {
  const { catchUpFrom: _done, ...rest } = card;
  const item = { ...cardKey(patientId), kind: 'plan-card', v: 1, ...rest };
  return await putItem(table, item, { expression: 'version = :read', values: { ':read': card.version } });
}

type Put = { Item: Record<string, unknown>; ConditionExpression: string };

/** Writes the card one version further than it was read, with the first day that has to follow. */
function cardPut(patientId: string, card: Card, from: string): Put {
  const catchUpFrom = card.catchUpFrom !== undefined && card.catchUpFrom < from ? card.catchUpFrom : from;
  const condition =
    card.version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': card.version } };
  const next = { ...card, catchUpFrom, version: card.version + 1 };
  return { Item: { ...cardKey(patientId), kind: 'plan-card', v: 1, ...next }, ...condition };
}

async function both(table: Table, one: Put, other: Put, checks: readonly Entry[] = []): Promise<'stored' | 'conflict'> {
  const puts = [one, other].map((put) => ({ Put: { TableName: table.tableName, ...put } }));
  return await conditionally(table.db.send(new TransactWriteCommand({ TransactItems: [...puts, ...checks] })));
}

function rowsBetween(
  table: Table,
  patientId: string,
  from: string,
  to: string,
  options: { consistent?: boolean } = {},
): Promise<Record<string, unknown>[]> {
  return queryRows(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': partition(patientId), ':from': from, ':to': to },
    ConsistentRead: options.consistent ?? false,
  });
}

function prefixQuery(patientId: string, prefix: string) {
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': partition(patientId), ':prefix': prefix },
    ConsistentRead: true,
  };
}
