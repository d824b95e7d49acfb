import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { accessCardKey } from '../shared/access-store.ts';
import { conditionally } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';

/**
 * Access pattern 173: a patient goes from one team to another: access card and profile in one transaction, so that nobody
 * is between two teams. 'conflict': the patient is not (any more) of the team named.
 */
export async function movePatient(
  tools: Tools,
  patientId: string,
  fromTeamId: string,
  to: { teamId: string; facilityId: string; path: readonly string[] },
): Promise<'stored' | 'conflict'> {
  const common = { TableName: tools.tableName, ConditionExpression: 'teamId = :from' };
  const teams = { ':from': fromTeamId, ':to': to.teamId };
  const command = new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          ...common,
          Key: accessCardKey({ kind: 'patient', id: patientId }),
          UpdateExpression: 'SET teamId = :to, #path = :path',
          ExpressionAttributeNames: { '#path': 'path' },
          ExpressionAttributeValues: { ...teams, ':path': to.path },
        },
      },
      {
        Update: {
          ...common,
          Key: { pk: `PAT#${patientId}`, sk: 'PROFILE' },
          UpdateExpression: 'SET teamId = :to, facilityId = :facility ADD version :one',
          ExpressionAttributeValues: { ...teams, ':facility': to.facilityId, ':one': 1 },
        },
      },
    ],
  });
  return await conditionally(tools.db.send(command));
}
