import { AccessCard, Actor } from './access.ts';
import { type Entry, getItem, type Item, type Key } from './table.ts';
import type { Tools } from './tools.ts';

/** What has an access card, by the prefix of its partition. */
export type Subject = { readonly kind: 'patient' | 'team' | 'organisation' | 'box'; readonly id: string };

const partition = { patient: 'PAT', team: 'TEAM', organisation: 'ORG', box: 'BOX' } as const;

export function accessCardKey(subject: Subject): Key {
  return { pk: `${partition[subject.kind]}#${subject.id}`, sk: 'ACCESS' };
}

export function actorKey(userId: string): Key {
  return { pk: `USER#${userId}`, sk: 'ACTOR' };
}

/** Access pattern 1: who is asking. */
export async function readActor(tools: Pick<Tools, 'db' | 'tableName'>, userId: string): Promise<Actor | undefined> {
  return await getItem(tools, actorKey(userId), Actor);
}

/** Access pattern 2: whose this is. */
export async function readAccessCard(
  tools: Pick<Tools, 'db' | 'tableName'>,
  subject: Subject,
): Promise<AccessCard | undefined> {
  return await getItem(tools, accessCardKey(subject), AccessCard);
}

/** For transactions: holds while the patient is of this team, or of none. */
export function whileOfTeam(tools: Pick<Tools, 'tableName'>, patientId: string, teamId: string | undefined): Entry {
  return {
    ConditionCheck: {
      TableName: tools.tableName,
      Key: accessCardKey({ kind: 'patient', id: patientId }),
      ...(teamId === undefined
        ? { ConditionExpression: 'attribute_not_exists(teamId)' }
        : { ConditionExpression: 'teamId = :team', ExpressionAttributeValues: { ':team': teamId } }),
    },
  };
}

/** The item to put (often in a transaction with the thing itself). */
export function accessCardItem(subject: Subject, card: AccessCard): Item & AccessCard {
  return { ...accessCardKey(subject), kind: 'access', v: 1, ...card };
}

export function actorItem(actor: Actor): Item & Actor {
  return { ...actorKey(actor.userId), kind: 'actor', v: 1, ...actor };
}
