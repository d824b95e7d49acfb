import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { authorise } from '../../functions/shared/authorise.ts';
import { anActor, aTools, givenAccessCard, type TestTools } from '../support/tools.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await aTools();
  await givenAccessCard(tools, { kind: 'patient', id: 'pat_1' }, { path: ['org_1'], teamId: 'team_1' });
});

async function events(subjectId: string) {
  const answer = await tools.db.send(
    new QueryCommand({
      TableName: tools.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `AUDIT#${subjectId}#2026-11` },
    }),
  );
  return answer.Items ?? [];
}

describe('authorise', () => {
  it('writes one event for an unbroken use of a record by its care team', async () => {
    const nurse = anActor({ userId: 'usr_a', roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
    await authorise(tools, nurse, { kind: 'patient', id: 'pat_1' }, 'record', 'open record');
    await authorise(tools, nurse, { kind: 'patient', id: 'pat_1' }, 'record', 'open record');
    expect(await events('pat_1')).toMatchObject([{ actorId: 'usr_a', outcome: 'allowed', why: 'care team' }]);
  });

  it('refuses a stranger and says so in the audit', async () => {
    const stranger = anActor({ userId: 'usr_b', roles: ['nurse'] });
    await expect(
      authorise(tools, stranger, { kind: 'patient', id: 'pat_1' }, 'record', 'open record'),
    ).rejects.toMatchObject({ reason: 'forbidden' });
    expect(await events('pat_1')).toMatchObject([{ actorId: 'usr_b', outcome: 'refused', why: 'no relation' }]);
  });

  it('refuses a patient that does not exist in the same words', async () => {
    const nurse = anActor({ userId: 'usr_c', roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
    await expect(
      authorise(tools, nurse, { kind: 'patient', id: 'pat_none' }, 'record', 'open record'),
    ).rejects.toMatchObject({ reason: 'forbidden' });
  });
});
