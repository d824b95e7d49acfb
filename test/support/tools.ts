import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import type { AccessCard, Actor } from '../../functions/shared/access.ts';
import { accessCardItem, actorItem, type Subject } from '../../functions/shared/access-store.ts';
import type { ActorTools } from '../../functions/shared/http.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import type { Tools } from '../../functions/shared/tools.ts';
import { createTestTools, type TestTools, type TestToolsOptions } from './table-tools.ts';

export type { TestTools } from './table-tools.ts';

/** Tools over the table engine that all action tests share, with a table of their own. */
export async function aTools(options: TestToolsOptions = {}): Promise<TestTools> {
  return await createTestTools(inject('dynamodbEndpoint'), options);
}

export function anActor(overrides: Partial<Actor> & { roles: Role[] }): Actor {
  return {
    userId: 'usr_nurse',
    displayName: 'Meera Toppo',
    language: 'en',
    teams: [],
    organisationIds: [],
    disabled: false,
    tokensValidFromEpochSeconds: 0,
    ...overrides,
  };
}

/** The tools of a signed-in request. */
export function asActor(tools: TestTools, actor: Actor): ActorTools & TestTools {
  return {
    ...tools,
    actor,
    request: {
      id: 'req-1',
      source: '127.0.0.1',
      userAgent: 'test',
      header: () => undefined,
      cookie: () => undefined,
    },
  };
}

export async function givenAccessCard(tools: Tools, subject: Subject, card: AccessCard): Promise<void> {
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item: accessCardItem(subject, card) }));
}

export async function givenActor(tools: Tools, actor: Actor): Promise<void> {
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item: actorItem(actor) }));
}

/** An account with an open session that has passed TOTP; its family of tokens bears the user's id. */
export async function givenSession(tools: Tools, actor: Actor, more: Record<string, unknown> = {}): Promise<void> {
  await givenActor(tools, actor);
  const now = tools.now();
  const Item = {
    ...{ pk: `USER#${actor.userId}`, sk: 'SESSION#ses_1', kind: 'session', v: 1, sessionId: 'ses_1' },
    ...{ userId: actor.userId, device: 'test', createdAt: now, lastSeenAt: now, totpPassedAt: now },
    ...{ endsAt: '2999-01-01T00:00:00.000Z', openUntil: '2999-01-01T00:00:00.000Z', pinTries: 0 },
    ...{ families: [actor.userId], secretHash: 'x' },
    ...more,
  };
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
}
