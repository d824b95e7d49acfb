import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Actor } from '../shared/access.ts';
import { actorItem } from '../shared/access-store.ts';
import { Role } from '../shared/shapes.ts';
import { conditionally, getItem, type Page, queryAll, queryPage } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

/** What we keep of an account beside what the decision point reads. */
export const Account = z.object({
  userId: z.string(),
  /** The pool's own name for it. */
  username: z.string(),
  name: z.string(),
  roles: z.array(Role),
  language: z.string(),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  /** Staff: where the account belongs, and the path to it. */
  organisationId: z.optional(z.string()),
  path: z.optional(z.array(z.string())),
  state: z.enum(['invited', 'active', 'disabled']),
  invitedAt: z.optional(z.string()),
  version: z.int(),
});
export type Account = z.infer<typeof Account>;

export const accountKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'ACCOUNT' });
const supportsKey = (userId: string, patientId: string) => ({ pk: `USER#${userId}`, sk: `SUPPORTS#${patientId}` });

/** Access pattern 155: one account. */
export async function readAccount(tools: Table, userId: string): Promise<Account | undefined> {
  return await getItem(tools, accountKey(userId), Account);
}

/** Access pattern 156: an account as last known together with who it is to the decision point. */
export async function putAccount(tools: Table, account: Account, actor: Actor): Promise<void> {
  const command = new TransactWriteCommand({
    TransactItems: [accountItem(account), actorItem(actor)].map((Item) => ({
      Put: { TableName: tools.tableName, Item },
    })),
  });
  await tools.db.send(command);
}

/** Access pattern 157: changes an account that still has this version. */
export async function replaceAccount(tools: Table, account: Account): Promise<'stored' | 'conflict'> {
  const command = new PutCommand({
    TableName: tools.tableName,
    Item: accountItem({ ...account, version: account.version + 1 }),
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':version': account.version },
  });
  return await conditionally(tools.db.send(command));
}

/** Access pattern 158: staff at a node of the tree and below (index, eventual). */
export async function readStaffBelow(tools: Table, path: readonly string[], cursor?: string): Promise<Page<Account>> {
  const query = {
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :pk AND begins_with(gsi1sk, :below)',
    ExpressionAttributeValues: { ':pk': `STAFF#${path[0]}`, ':below': `${path.join('/')}/` },
    Limit: 200,
  };
  return await queryPage(tools, query, Account, cursor);
}

/** Access pattern 159: notes that an account supports a patient; the patient's access card decides what it sees. */
export async function putSupports(tools: Table, userId: string, patientId: string, supporterId: string): Promise<void> {
  const Item = { ...supportsKey(userId, patientId), kind: 'supports', v: 1, patientId, supporterId };
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
}

/** Access pattern 160: whom an account supports. */
export async function readSupports(
  tools: Table,
  userId: string,
): Promise<{ patientId: string; supporterId: string }[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':prefix': 'SUPPORTS#' },
  };
  return await queryAll(tools, query, z.object({ patientId: z.string(), supporterId: z.string() }));
}

/** Access pattern 167: an account no longer supports a patient. */
export async function deleteSupports(tools: Table, userId: string, patientId: string): Promise<void> {
  await tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key: supportsKey(userId, patientId) }));
}

function accountItem(account: Account) {
  const { userId, path } = account;
  const index = path && { gsi1pk: `STAFF#${path[0]}`, gsi1sk: `${path.join('/')}/${userId}` };
  return { ...accountKey(userId), ...index, kind: 'account', v: 1, ...account };
}
