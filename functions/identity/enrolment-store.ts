import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { accessCardKey } from '../shared/access-store.ts';
import { conditionally, getItem, queryAll } from '../shared/table.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { whileTreated } from '../treatment/still-treated.ts';
import { EnrolmentView } from './contract.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** What was typed about somebody who did not consent is not kept longer. */
const draftSeconds = 7 * 86_400;
const enrolmentKey = (teamId: string, id: string) => ({ pk: `TEAM#${teamId}`, sk: `ENROL#${id}` });

/** Access pattern 168: one enrolment. */
export async function readEnrolment(tools: Table, teamId: string, id: string): Promise<EnrolmentView | undefined> {
  return await getItem(tools, enrolmentKey(teamId, id), EnrolmentView);
}

/** Access pattern 169: an enrolment as it stands, if it still has the version that was read (0: there is none yet). */
export async function putEnrolment(tools: Table, enrolment: EnrolmentView): Promise<'stored' | 'conflict'> {
  return await conditionally(tools.db.send(new PutCommand(overItsVersion(tools, enrolment))));
}

/**
 * Access pattern 177: the same, and only while the patient is of the team whose enrolment it is. What is still to be carried
 * out for them also asks that their treatment has not ended.
 */
export async function putEnrolmentOf(
  tools: Table,
  enrolment: EnrolmentView,
  { patientId, asks }: { patientId: string; asks: 'of-team' | 'of-team-and-treated' },
): Promise<'stored' | 'conflict'> {
  const ofTeam = {
    TableName: tools.tableName,
    Key: accessCardKey({ kind: 'patient', id: patientId }),
    ConditionExpression: 'teamId = :team',
    ExpressionAttributeValues: { ':team': enrolment.teamId },
  };
  const command = new TransactWriteCommand({
    TransactItems: [
      { Put: overItsVersion(tools, enrolment) },
      { ConditionCheck: ofTeam },
      ...(asks === 'of-team' ? [] : [whileTreated(tools, patientId)]),
    ],
  });
  return await conditionally(tools.db.send(command));
}

function overItsVersion(tools: Table, enrolment: EnrolmentView) {
  const isDraft = enrolment.patientId === undefined;
  const Item = {
    ...enrolmentKey(enrolment.teamId, enrolment.enrolmentId),
    kind: 'enrolment',
    v: 1,
    ...enrolment,
    version: enrolment.version + 1,
    ...(isDraft && {
      expiresAtEpochSeconds: Math.floor(epochMilliseconds(enrolment.startedAt) / 1000) + draftSeconds,
    }),
  };
  const isNew = enrolment.version === 0;
  return {
    TableName: tools.tableName,
    Item,
    ConditionExpression: isNew ? 'attribute_not_exists(pk)' : 'version = :version',
    ...(!isNew && { ExpressionAttributeValues: { ':version': enrolment.version } }),
  };
}

/** Access pattern 170: the enrolments of a team. */
export async function readEnrolments(tools: Table, teamId: string): Promise<EnrolmentView[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `TEAM#${teamId}`, ':prefix': 'ENROL#' },
  };
  return await queryAll(tools, query, EnrolmentView);
}

/** Access pattern 171: forgets a draft of which no patient was made. */
export async function deleteDraft(tools: Table, teamId: string, id: string): Promise<'stored' | 'conflict'> {
  const command = new DeleteCommand({
    TableName: tools.tableName,
    Key: enrolmentKey(teamId, id),
    ConditionExpression: 'attribute_not_exists(patientId)',
  });
  return await conditionally(tools.db.send(command));
}
