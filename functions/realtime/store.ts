import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { getItem, queryAll } from '../shared/table.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Scope } from './scope.ts';

/** `$disconnect` is best effort: what it misses goes by TTL, some time after the token's end. */
const graceSeconds = 3600;

const Connection = z.object({
  connectionId: z.string(),
  userId: z.string(),
  /** The access token's end; a renewal moves it. */
  expiresAt: z.string(),
  scopes: z.array(z.string()),
});
export type Connection = z.infer<typeof Connection>;

const Listener = z.object({ connectionId: z.string(), userId: z.string(), expiresAt: z.string() });
export type Listener = z.infer<typeof Listener>;

const connectionKey = (connectionId: string) => ({ pk: `CONN#${connectionId}`, sk: 'CONNECTION' });
const listenerKey = (scope: Scope, connectionId: string) => ({ pk: `LIVE#${scope}`, sk: `CONN#${connectionId}` });

/** Access pattern 180: a socket and its places in each group; 1 WU each. */
export async function putConnection(tools: Tools, connection: Connection): Promise<void> {
  const { connectionId, userId, expiresAt } = connection;
  const ttl = Math.floor(epochMilliseconds(expiresAt) / 1000) + graceSeconds;
  const common = { kind: 'connection', v: 1, connectionId, userId, expiresAt, expiresAtEpochSeconds: ttl };
  const items = [
    { ...connectionKey(connectionId), ...common, scopes: connection.scopes },
    ...connection.scopes.map((scope) => ({ ...listenerKey(scope, connectionId), ...common })),
  ];
  await Promise.all(items.map((Item) => tools.db.send(new PutCommand({ TableName: tools.tableName, Item }))));
}

/** Access pattern 181: one socket. */
export async function readConnection(tools: Tools, connectionId: string): Promise<Connection | undefined> {
  return await getItem(tools, connectionKey(connectionId), Connection);
}

/** Access pattern 182: the sockets of a group (eventual, 0.5 RU a 4 kB). */
export async function readListeners(tools: Tools, scope: Scope): Promise<Listener[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `LIVE#${scope}` },
  };
  return await queryAll(tools, query, Listener);
}

/** Access pattern 183: forgets a socket everywhere. */
export async function deleteConnection(tools: Tools, connectionId: string): Promise<void> {
  const connection = await readConnection(tools, connectionId);
  const keys = [
    connectionKey(connectionId),
    ...(connection?.scopes ?? []).map((scope) => listenerKey(scope, connectionId)),
  ];
  await Promise.all(keys.map((Key) => tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key }))));
}
