import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { AccessCard } from '../shared/access.ts';
import { accessCardItem, accessCardKey } from '../shared/access-store.ts';
import { conditionally, getItem, queryAll } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { firstConsentItems } from './consent-store.ts';
import { type ConsentView, PatientProfile, type Sees, SupporterView } from './contract.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

const profileKey = (patientId: string) => ({ pk: `PAT#${patientId}`, sk: 'PROFILE' });
const supporterKey = (patientId: string, id: string) => ({ pk: `PAT#${patientId}`, sk: `SUPPORTER#${id}` });
const codeKey = (code: string) => ({ pk: `MEDICALID#${code}`, sk: 'PATIENT' });

/** Access pattern 130: a patient's profile. */
export async function readProfile(tools: Table, patientId: string): Promise<PatientProfile | undefined> {
  return await getItem(tools, profileKey(patientId), PatientProfile);
}

/** Access pattern 131: whose card this code is on. */
export async function readPatientIdByCode(tools: Table, code: string): Promise<string | undefined> {
  return (await getItem(tools, codeKey(code), z.object({ patientId: z.string() })))?.patientId;
}

/** Access pattern 132: the next number of a facility's codes. Numbers may be skipped, never given twice. */
export async function takeNumber(tools: Table, prefix: string): Promise<number> {
  const answer = await tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: { pk: `MEDICALID#${prefix}`, sk: 'COUNTER' },
      UpdateExpression: 'ADD lastNumber :one SET #kind = :kind, v = :v',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: { ':one': 1, ':kind': 'counter', ':v': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return z.parse(z.object({ lastNumber: z.int() }), answer.Attributes).lastNumber;
}

/** Access pattern 133: a new patient, all at once: code, access card, profile, consent and what it says. 'conflict': is there already. */
export async function putPatient(
  tools: Table,
  patient: { profile: PatientProfile; card: AccessCard; consent: ConsentView },
): Promise<'stored' | 'conflict'> {
  const { profile, card, consent } = patient;
  const { patientId } = profile;
  const items = [
    { ...codeKey(profile.code), kind: 'medical-id', v: 1, patientId },
    accessCardItem({ kind: 'patient', id: patientId }, card),
    profileItem(profile),
    ...firstConsentItems(patientId, consent),
  ];
  const command = new TransactWriteCommand({
    TransactItems: items.map((Item) => ({
      Put: { TableName: tools.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
    })),
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 134: changes a profile that still has this version. */
export async function replaceProfile(tools: Table, profile: PatientProfile): Promise<'stored' | 'conflict'> {
  const command = new PutCommand({
    TableName: tools.tableName,
    Item: profileItem({ ...profile, version: profile.version + 1 }),
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':version': profile.version },
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 139: the supporters of a patient. */
export async function readSupporters(tools: Table, patientId: string): Promise<SupporterView[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `PAT#${patientId}`, ':prefix': 'SUPPORTER#' },
  };
  return await queryAll(tools, query, SupporterView);
}

/** Access pattern 140: one supporter. */
export async function readSupporter(tools: Table, patientId: string, supporterId: string) {
  return await getItem(tools, supporterKey(patientId, supporterId), SupporterView);
}

/** Access pattern 141: a supporter as last known, if it was in this state before. */
export async function putSupporter(
  tools: Table,
  patientId: string,
  supporter: SupporterView,
  from: SupporterView['state'],
): Promise<'stored' | 'conflict'> {
  const command = new PutCommand({
    TableName: tools.tableName,
    Item: supporterItem(patientId, supporter),
    ConditionExpression: '#state = :from',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':from': from },
  });
  return await conditionally(tools.db.send(command));
}

export function supporterItem(patientId: string, supporter: SupporterView) {
  return { ...supporterKey(patientId, supporter.supporterId), kind: 'supporter', v: 1, ...supporter };
}

/** Access pattern 142: what an account sees of a patient, from this instant; undefined takes everything away. */
export async function setSees(tools: Table, patientId: string, userId: string, sees: Sees | undefined): Promise<void> {
  await tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: accessCardKey({ kind: 'patient', id: patientId }),
      UpdateExpression: sees ? 'SET supporters.#user = :sees' : 'REMOVE supporters.#user',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#user': userId },
      ...(sees && { ExpressionAttributeValues: { ':sees': sees } }),
    }),
  );
}

/** Access pattern 143: gives a patient an account of their own, if they have none. */
export async function linkAccount(
  tools: Table,
  profile: PatientProfile,
  userId: string,
): Promise<'stored' | 'conflict'> {
  const ofNobody = 'attribute_exists(pk) AND (attribute_not_exists(userId) OR userId = :user)';
  const command = new TransactWriteCommand({
    TransactItems: [accessCardKey({ kind: 'patient', id: profile.patientId }), profileKey(profile.patientId)].map(
      (Key) => ({
        Update: {
          TableName: tools.tableName,
          Key,
          UpdateExpression: 'SET userId = :user',
          ConditionExpression: ofNobody,
          ExpressionAttributeValues: { ':user': userId },
        },
      }),
    ),
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 144: names of several patients at once, for who supports them. */
export async function readName(tools: Table, patientId: string): Promise<string | undefined> {
  const answer = await tools.db.send(
    new GetCommand({
      TableName: tools.tableName,
      Key: profileKey(patientId),
      ProjectionExpression: '#name',
      ExpressionAttributeNames: { '#name': 'name' },
    }),
  );
  return z.safeParse(z.object({ name: z.string() }), answer.Item).data?.name;
}

function profileItem(profile: PatientProfile) {
  return { ...profileKey(profile.patientId), kind: 'profile', v: 1, ...profile };
}
