import type { Tools } from '../shared/tools.ts';
import { readAccount } from './account-store.ts';

export type AccountContact = {
  readonly name: string;
  readonly language: string;
  readonly email?: string;
  readonly phone?: string;
};

/** How an open account can be written to; undefined for one that is closed or not there. For messages of care. */
export async function contactOf(
  tools: Pick<Tools, 'db' | 'tableName'>,
  userId: string,
): Promise<AccountContact | undefined> {
  const account = await readAccount(tools, userId);
  if (account?.state !== 'active') return undefined;
  const { name, language, email, phone } = account;
  return { name, language, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
}
