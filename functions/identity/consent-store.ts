import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { conditionally, type Entry, getItem, queryAll } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { agreedNow } from './consent.ts';
import { ConsentView, Purpose } from './contract.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

const consentKey = (patientId: string, consentId: string) => ({ pk: `PAT#${patientId}`, sk: `CONSENT#${consentId}` });
const agreedKey = (patientId: string) => ({ pk: `PAT#${patientId}`, sk: 'AGREED' });

/** What all consents of a patient together say, beside them, for whoever asks of a purpose with every message. */
const Agreed = z.object({ purposes: z.array(Purpose), version: z.int() });

/** Access pattern 135: a consent, once, and only while `checks` hold. 'conflict': it is there already, they do not, or another was written. */
export async function putConsent(
  tools: Table,
  patientId: string,
  consent: ConsentView,
  checks: readonly Entry[] = [],
): Promise<'stored' | 'conflict'> {
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const put = { Put: { TableName: tools.tableName, Item: consentItem(patientId, consent), ...isNew } };
  return await withAgreed(tools, patientId, consent, [put, ...checks]);
}

/** Access pattern 136: one consent. */
export async function readConsent(tools: Table, patientId: string, consentId: string) {
  return await getItem(tools, consentKey(patientId, consentId), ConsentView);
}

/** For the transactions of others: holds while this consent is as it was read, nothing more of it taken back. */
export function whileStanding(tools: Pick<Tools, 'tableName'>, patientId: string, consent: ConsentView): Entry {
  const { consentId, withdrawnAt } = consent;
  return {
    ConditionCheck: {
      TableName: tools.tableName,
      Key: consentKey(patientId, consentId),
      ...(withdrawnAt === undefined
        ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(withdrawnAt)' }
        : { ConditionExpression: 'withdrawnAt = :read', ExpressionAttributeValues: { ':read': withdrawnAt } }),
    },
  };
}

/** Access pattern 137: withdraws what is still as it was read; what was given stays readable. 'conflict': somebody was faster. */
export async function putWithdrawal(
  tools: Table,
  patientId: string,
  { known, withdrawn }: { known: ConsentView; withdrawn: ConsentView },
): Promise<'stored' | 'conflict'> {
  const { withdrawnPurposes } = known;
  const put = {
    TableName: tools.tableName,
    Item: consentItem(patientId, withdrawn),
    ConditionExpression: withdrawnPurposes
      ? 'withdrawnPurposes = :before'
      : 'attribute_exists(pk) AND attribute_not_exists(withdrawnAt)',
    ...(withdrawnPurposes && { ExpressionAttributeValues: { ':before': withdrawnPurposes } }),
  };
  return await withAgreed(tools, patientId, withdrawn, [{ Put: put }]);
}

/** Access pattern 138: all consents of a patient. */
export async function readConsents(tools: Table, patientId: string): Promise<ConsentView[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `PAT#${patientId}`, ':prefix': 'CONSENT#' },
  };
  return await queryAll(tools, query, ConsentView);
}

/** Access pattern 178: the purposes that a patient agrees to now. Without the item, from before there was one, all consents say it. */
export async function readAgreed(tools: Table, patientId: string): Promise<ReadonlySet<Purpose>> {
  const agreed = await getItem(tools, agreedKey(patientId), Agreed);
  return agreed ? new Set(agreed.purposes) : agreedNow(await readConsents(tools, patientId));
}

/** The consent that a patient begins with, and what it says. */
export function firstConsentItems(patientId: string, consent: ConsentView) {
  return [consentItem(patientId, consent), agreedItem(patientId, [consent], 1)];
}

/** A changed consent and what all of them say with it, in one write; the version is read before the consents, so that none is missed. */
async function withAgreed(
  tools: Table,
  patientId: string,
  changed: ConsentView,
  entries: readonly Entry[],
): Promise<'stored' | 'conflict'> {
  const { version } = (await getItem(tools, agreedKey(patientId), Agreed)) ?? { version: 0 };
  const others = (await readConsents(tools, patientId)).filter(({ consentId }) => consentId !== changed.consentId);
  const agreed: Entry = {
    Put: {
      TableName: tools.tableName,
      Item: agreedItem(patientId, [...others, changed], version + 1),
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': version } }),
    },
  };
  return await conditionally(tools.db.send(new TransactWriteCommand({ TransactItems: [...entries, agreed] })));
}

function consentItem(patientId: string, consent: ConsentView) {
  return { ...consentKey(patientId, consent.consentId), kind: 'consent', v: 1, ...consent };
}

function agreedItem(patientId: string, consents: readonly ConsentView[], version: number) {
  return { ...agreedKey(patientId), kind: 'agreed', v: 1, purposes: [...agreedNow(consents)], version };
}
