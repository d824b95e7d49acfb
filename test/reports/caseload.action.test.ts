import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PatientProfile } from '../../functions/identity/contract.ts';
import { putPatient } from '../../functions/identity/patient-store.ts';
import { caseload, notYet } from '../../functions/reports/caseload.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { readCase } from '../../functions/reports/store.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { anActor, asActor, aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, givenPlan } from '../treatment/given.ts';

let tools: TestTools;
const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });

async function givenPatient(number: number, name: string) {
  const patientId = `pat_${number}`;
  const profile: PatientProfile = {
    patientId,
    code: `GUM-${String(number).padStart(4, '0')}-2`,
    name,
    age: { kind: 'years', years: 30 },
    ageSaidOn: '2026-11-01',
    sex: 'female',
    language: 'hi',
    zone: 'Asia/Kolkata',
    reach: { use: 'own', phone: '+919431180001' },
    teamId: 'team_1',
    facilityId: 'org_gumla',
    enrolledAt: '2026-11-01T04:00:00.000Z',
    enrolledBy: 'usr_nurse',
    version: 1,
  };
  const consent = {
    consentId: `con_${number}`,
    way: 'spoken' as const,
    textVersion: '2026-11',
    language: 'hi' as const,
    purposes: ['treatment' as const],
    recordedBy: 'usr_nurse',
    recordedByName: 'Meera Toppo',
    at: '2026-11-01T04:00:00.000Z',
  };
  await putPatient(tools, { profile, card: { path: ['org_gumla'], teamId: 'team_1' }, consent });
  await givenPlan(tools, patientId);
  return patientId;
}

beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
});

describe('the caseload', () => {
  it('is written once per change and never for nothing', async () => {
    const patientId = await givenPatient(1, 'Budhni Oraon');
    expect(await projectCase(tools, patientId)).toBe('written');
    tools.units();
    expect(await projectCase(tools, patientId)).toBe('same');
    expect(tools.units().writes).toBe(0);
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', '2026-11-30T03:00:00.000Z', 1) });
    tools.units();
    expect(await projectCase(tools, patientId)).toBe('written');
    expect(tools.units().writes).toBeLessThanOrEqual(2);
    expect((await readCase(tools, 'team_1', patientId))?.slots).toMatchObject([{ status: 'opened' }]);
  });

  it('lists who has not answered yet, and no longer who has', async () => {
    const [a, b] = [await givenPatient(1, 'Budhni Oraon'), await givenPatient(2, 'Anjali Tirkey')];
    for (const patientId of [a, b]) await projectCase(tools, patientId);
    expect((await notYet(asActor(tools, nurse), 'team_1')).patients.map((row) => row.name)).toEqual([
      'Anjali Tirkey',
      'Budhni Oraon',
    ]);
    await recordEvidence(tools, { patientId: a, evidence: anOpeningOf('CC-1', '2026-11-30T03:00:00.000Z', 1) });
    await projectCase(tools, a);
    expect((await notYet(asActor(tools, nurse), 'team_1')).patients.map((row) => row.name)).toEqual(['Anjali Tirkey']);
  });

  it('pages by name, and is one audit event with the ids it showed', async () => {
    for (const [number, name] of ['Chandra', 'Anjali', 'Budhni'].entries())
      await projectCase(tools, await givenPatient(number + 1, name));
    const first = await caseload(asActor(tools, nurse), 'team_1', { limit: 2 });
    expect(first.patients.map((row) => row.name)).toEqual(['Anjali', 'Budhni']);
    const second = await caseload(asActor(tools, nurse), 'team_1', { limit: 2, cursor: first.next });
    expect(second.patients.map((row) => row.name)).toEqual(['Chandra']);
    expect(second.next).toBeUndefined();
    const audit = await tools.db.send(
      new QueryCommand({
        TableName: tools.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'AUDIT#team_1#2026-11' },
      }),
    );
    // Two events of one instant have no order between them.
    const event = { action: 'list patients', ids: ['pat_2', 'pat_3'] };
    expect(audit.Items).toContainEqual(expect.objectContaining(event));
  });
});
