import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { getItem } from '../shared/table.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';

type Table = Pick<Tools, 'db' | 'tableName'>;

export const Invitation = z.object({
  patientId: z.string(),
  supporterId: z.string(),
  /** Of the account that this link makes, and of no other: the same link again finds what it made. */
  username: z.string(),
  sentTo: z.enum(['phone', 'email']),
  until: z.string(),
});
export type Invitation = z.infer<typeof Invitation>;

/** The key holds a hash: who reads the table cannot use the link. */
const invitationKey = (token: string) => ({
  pk: `INVITE#${createHash('sha256').update(token).digest('base64url')}`,
  sk: 'SUPPORTER',
});

/** Access pattern 164: an invitation by the token of its link. */
export async function readInvitation(tools: Table, token: string): Promise<Invitation | undefined> {
  return await getItem(tools, invitationKey(token), Invitation);
}

/** Access pattern 165: keeps it until it ends or is used. */
export async function putInvitation(tools: Table, token: string, invitation: Invitation): Promise<void> {
  const expiresAtEpochSeconds = Math.floor(epochMilliseconds(invitation.until) / 1000);
  const Item = { ...invitationKey(token), kind: 'invitation', v: 1, ...invitation, expiresAtEpochSeconds };
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
}

/** Access pattern 166: it has been used. */
export async function deleteInvitation(tools: Table, token: string): Promise<void> {
  await tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key: invitationKey(token) }));
}
