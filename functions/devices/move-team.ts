import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { accessCardKey } from '../shared/access-store.ts';
import { conditionally } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { boxKey, readBox, readHolds } from './store.ts';

/**
 * The box goes where its holder goes: its list, its access card and its open ticket name the new team from now on. A box
 * stays within its facility. Done twice it changes nothing.
 */
export async function moveBoxToTeam(tools: Tools, patientId: string, toTeamId: string): Promise<void> {
  const holds = await readHolds(tools, patientId);
  if (!holds) return;
  const { boxId } = holds;
  await name(tools, boxKey(boxId, 'HOLDER'), toTeamId, `TEAM#${toTeamId}#BOXES`, patientId);
  await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: accessCardKey({ kind: 'box', id: boxId }),
        UpdateExpression: 'SET teamId = :team',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':team': toTeamId },
      }),
    ),
  );
  await name(tools, boxKey(boxId, 'TICKET#open'), toTeamId, `TEAM#${toTeamId}#WORK`, patientId);
}

/** Whether the patient's box could follow them to this facility. */
export async function boxStaysBehind(tools: Tools, patientId: string, facilityId: string): Promise<boolean> {
  const holds = await readHolds(tools, patientId);
  const box = holds && (await readBox(tools, holds.boxId));
  return box !== undefined && box.profile.facilityId !== facilityId;
}

/** Access pattern 88: what stands in a team's list follows the patient; nothing when it is somebody else's by now. */
async function name(tools: Tools, Key: { pk: string; sk: string }, teamId: string, list: string, patientId: string) {
  await conditionally(
    tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key,
        UpdateExpression: 'SET teamId = :team, gsi1pk = :list',
        ConditionExpression: 'patientId = :patient',
        ExpressionAttributeValues: { ':team': teamId, ':list': list, ':patient': patientId },
      }),
    ),
  );
}
