import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { getItem, putItem, queryAll } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { CaseItem, storedCase } from './case-item.ts';
import type { Case } from './case-row.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;
/** Where a patient's row of a team's caseload lies. */
export const caseKey = (teamId: string, patientId: string) => ({ pk: `TEAM#${teamId}`, sk: `CASE#${patientId}` });

/** Access pattern 240: one row of a caseload. */
export async function readCase(table: Table, teamId: string, patientId: string): Promise<Case | undefined> {
  return await getItem(table, caseKey(teamId, patientId), CaseItem);
}

/**
 * Access pattern 241: writes a row, unless one that was made from a later reading is there: two consumers of the same
 * patient cannot overtake each other.
 */
export async function writeCase(table: Table, row: Case): Promise<'stored' | 'conflict'> {
  return await putItem(
    table,
    { ...caseKey(row.teamId, row.patientId), kind: 'case', v: 1, ...storedCase(row) },
    { expression: 'attribute_not_exists(pk) OR updatedAt <= :read', values: { ':read': row.updatedAt } },
  );
}

/** Access pattern 242: a patient left this caseload. */
export async function removeCase(table: Table, teamId: string, patientId: string): Promise<void> {
  await table.db.send(new DeleteCommand({ TableName: table.tableName, Key: caseKey(teamId, patientId) }));
}

/** Access pattern 243: a whole caseload, eventually consistent (150 patients: about 20 RU). */
export async function readCaseload(table: Table, teamId: string): Promise<Case[]> {
  return await queryAll(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `TEAM#${teamId}`, ':prefix': 'CASE#' },
    },
    CaseItem,
  );
}
