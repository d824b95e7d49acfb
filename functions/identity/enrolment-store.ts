import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally, type Entry, getItem, queryAll } from '../shared/table.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
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
 * Access pattern 177: the same, and only while these hold of the patient (see `sittingOf`).
 */
export async function putEnrolmentOf(
  tools: Table,
  enrolment: EnrolmentView,
  checks: readonly Entry[],
): Promise<'stored' | 'conflict'> {
  const command = new TransactWriteCommand({
    TransactItems: [{ Put: overItsVersion(tools, enrolment) }, ...checks],
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
