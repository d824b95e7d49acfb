import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally, getItem, putItem, queryAll } from '../shared/table.ts';
import { Incident } from './items.ts';
import type { Table } from './store.ts';

const partition = (facilityId: string) => `ORG#${facilityId}`;
const openKey = (facilityId: string) => ({ pk: partition(facilityId), sk: 'INCIDENT#open' });
const itemOf = (incident: Incident) => ({ ...openKey(incident.facilityId), kind: 'incident', v: 1, ...incident });

/** Access pattern 84: the facility's open incident. */
export async function readIncident(table: Table, facilityId: string): Promise<Incident | undefined> {
  return await getItem(table, openKey(facilityId), Incident);
}

/** Access pattern 85: opens the facility's one incident, or changes it (`incidentId` must still be the same). */
export async function putIncident(
  table: Table,
  incident: Incident,
  before: 'none' | 'open',
): Promise<'stored' | 'conflict'> {
  const condition =
    before === 'none'
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'incidentId = :id', values: { ':id': incident.incidentId } };
  return await putItem(table, itemOf(incident), condition);
}

/** Access pattern 86: the open incident becomes a closed one, in one transaction. */
export async function archiveIncident(table: Table, incident: Incident): Promise<'stored' | 'conflict'> {
  const closed = { ...itemOf(incident), sk: `INCIDENT#${incident.incidentId}` };
  return await conditionally(
    table.db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Delete: {
              TableName: table.tableName,
              Key: openKey(incident.facilityId),
              ConditionExpression: 'incidentId = :id',
              ExpressionAttributeValues: { ':id': incident.incidentId },
            },
          },
          { Put: { TableName: table.tableName, Item: closed } },
        ],
      }),
    ),
  );
}

/** Access pattern 87: a facility's incidents, newest first. */
export async function readIncidents(table: Table, facilityId: string): Promise<Incident[]> {
  const all = await queryAll(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': partition(facilityId), ':prefix': 'INCIDENT#' },
    },
    Incident,
  );
  return all.sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
}
