import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Due } from '../../../functions/reminders/due.ts';
import { putDue } from '../../../functions/reminders/store.ts';
import type { Tools } from '../../../functions/shared/tools.ts';
import { givenPatient, givenTeam } from '../../flow/given.ts';
import { Flow } from '../../flow/pump.ts';
import { createTestTools, type TestTools } from '../../support/table-tools.ts';
import { inParallel } from './parallel.ts';

const enrolledAt = '2026-11-29T10:30:00.000Z';
/** 08:00 in Kolkata, for everybody. */
export const dueAt = '2026-11-30T02:30:00.000Z';
const model = 'pat_00000';

/** One patient made by the product's own actions, and as many like it, each with a reminder that waits for the same minute. */
export async function crowd(endpoint: string, size: number): Promise<TestTools> {
  const flow = await Flow.start(endpoint, { now: enrolledAt });
  const team = await givenTeam(flow);
  await givenPatient(flow, team, { patientId: model, plan: { start: '2026-11-30' }, boxId: 'none' });
  const items = await itemsOf(flow.tools);
  const others = Array.from({ length: size - 1 }, (_, index) => `pat_${String(index + 1).padStart(5, '0')}`);
  const copies = others.flatMap((patientId) => items.map((item) => copyFor(patientId, item)));
  const batches = Array.from({ length: Math.ceil(copies.length / 25) }, (_, n) => copies.slice(n * 25, n * 25 + 25));
  // Not by the flow's tools: they would say of each write what the stream says.
  const tools = await createTestTools(endpoint, { now: enrolledAt, tableName: flow.tools.tableName });
  await inParallel(8, batches, (batch) => putAll(tools, batch));
  await inParallel(8, others, (patientId) => putDue(tools, reminderOf(patientId)));
  return tools;
}

export function reminderOf(patientId: string): Due {
  const planId = `pln_${patientId}`;
  const work = { step: 'remind' as const, patientId, planId, localDate: '2026-11-30', slot: 'day' };
  return { at: dueAt, ref: `${planId}/2026-11-30/day`, work };
}

async function itemsOf(tools: Tools): Promise<Record<string, unknown>[]> {
  const query = new QueryCommand({
    TableName: tools.tableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `PAT#${model}` },
  });
  return (await tools.db.send(query)).Items ?? [];
}

function copyFor(patientId: string, item: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(item).replaceAll(model, patientId));
}

async function putAll(tools: Tools, items: readonly Record<string, unknown>[]): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await tools.db.send(new BatchWriteCommand({ RequestItems: { [tools.tableName]: requests } }));
}
