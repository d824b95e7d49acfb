import { randomBytes, randomInt } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../shared/access.ts';
import { actorKey, readActor } from '../shared/access-store.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import type { Role } from '../shared/shapes.ts';
import { conditionally, type Page } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { type Account, accountKey, putAccount, readAccount, readStaffBelow, replaceAccount } from './account-store.ts';
import type { Post } from './post.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';
import { staffLetterIn } from './staff-words.ts';
import type { UserPool } from './user-pool.ts';

export type StaffTools = Tools & { readonly pool: UserPool; readonly post: Post };
export type { Account } from './account-store.ts';

export type NewStaff = {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly phone?: string | undefined;
  readonly language: 'en' | 'hi';
  readonly organisation: { readonly organisationId: string; readonly path: readonly string[] };
};

/** Makes an account for a member of staff and sends the first code by e-mail. An address has one account. */
export async function inviteStaff(tools: StaffTools, person: NewStaff): Promise<Account> {
  const email = person.email.toLowerCase();
  const code = invitationCode();
  const { language, roles } = person;
  const username = `staff-${randomBytes(9).toString('hex')}`;
  const pool = await tools.pool.create({ username, email, language, roles, password: code, temporary: true });
  if (pool === 'taken') throw new Refusal('conflict', 'email-taken', 'Somebody has an account with this e-mail.');
  const { organisationId, path } = person.organisation;
  const administers = roles.includes('organisation-admin');
  const actor: Actor = {
    userId: pool.userId,
    roles: [...roles],
    displayName: person.name,
    language,
    teams: [],
    organisationIds: administers ? [organisationId] : [],
    disabled: false,
    tokensValidFromEpochSeconds: 0,
  };
  const account: Account = {
    userId: pool.userId,
    username: pool.username,
    name: person.name,
    roles: [...roles],
    language,
    email,
    ...(person.phone && { phone: person.phone }),
    organisationId,
    path: [...path],
    state: 'invited',
    invitedAt: tools.now(),
    version: 1,
  };
  await putAccount(tools, account, actor);
  await sendStaffCode(tools, account, code);
  return account;
}

/** A new first code, while the first sign-in has not happened. */
export async function inviteAgain(tools: StaffTools, userId: string): Promise<Account> {
  const account = await staffAccount(tools, userId);
  if (account.state !== 'invited')
    throw new Refusal('conflict', 'not-invited', 'This person has signed in already, or the account is closed.');
  const code = invitationCode();
  await tools.pool.setPassword(account.username, code, true);
  await sendStaffCode(tools, account, code);
  return account;
}

/**
 * Closes an account at once: no new token, no refresh, no open screen. The write refuses while the person owns a team
 * ('owns-teams'); who may close whom has been decided before.
 */
export async function disableStaff(tools: StaffTools, userId: string): Promise<'disabled' | 'owns-teams'> {
  const account = await staffAccount(tools, userId);
  const now = tools.now();
  const { tableName: TableName } = tools;
  const write = new TransactWriteCommand({
    TransactItems: [
      {
        ConditionCheck: {
          TableName,
          Key: { pk: `USER#${userId}`, sk: 'OWNERSHIP' },
          ConditionExpression: 'attribute_not_exists(ownedTeams) OR ownedTeams = :none',
          ExpressionAttributeValues: { ':none': 0 },
        },
      },
      {
        Update: {
          TableName,
          Key: actorKey(userId),
          UpdateExpression: 'SET disabled = :yes, teams = :empty',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':yes': true, ':empty': [] },
        },
      },
      {
        Update: {
          TableName,
          Key: accountKey(userId),
          UpdateExpression: 'SET #state = :disabled, disabledAt = :now ADD version :one',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':disabled': 'disabled', ':now': now, ':one': 1 },
        },
      },
    ],
  });
  if ((await conditionally(tools.db.send(write))) === 'conflict') return 'owns-teams';
  await tools.pool.setEnabled(account.username, false);
  await signOutEverywhere(tools, tools.pool, userId, account.username);
  return 'disabled';
}

/** Opens a closed account again; teams have to be given anew. */
export async function enableStaff(tools: StaffTools, userId: string): Promise<Account> {
  const account = await staffAccount(tools, userId);
  const actor = await readActor(tools, userId);
  if (!actor) throw notFound('account');
  await tools.pool.setEnabled(account.username, true);
  const next: Account = { ...account, state: 'active', version: account.version + 1 };
  await putAccount(tools, next, { ...actor, disabled: false });
  return next;
}

/** The first sign-in with a password of one's own ends the invitation. */
export async function markActive(tools: Tools, userId: string): Promise<void> {
  const account = await readAccount(tools, userId);
  if (account?.state === 'invited') await replaceAccount(tools, { ...account, state: 'active' });
}

/** One member of staff. */
export async function staffAccount(tools: Pick<Tools, 'db' | 'tableName'>, userId: string): Promise<Account> {
  const account = await readAccount(tools, userId);
  if (!account?.path) throw notFound('staff');
  return account;
}

/** The staff of an organisation and below, a page at a time. */
export async function staffBelow(tools: Tools, path: readonly string[], cursor?: string): Promise<Page<Account>> {
  return await readStaffBelow(tools, path, cursor);
}

async function sendStaffCode(tools: StaffTools, account: Account, code: string): Promise<void> {
  const letter = staffLetterIn(account.language);
  const link = `${tools.env('APP_ORIGIN')}/sign-in`;
  await tools.post.email(account.email ?? '', letter.subject, letter.text(account.name, link, code));
}

/** Three times four characters that nobody mistakes for one another: 57 bits. */
function invitationCode(): string {
  const alphabet = 'ABCDEFGHJKMNPQRTUVWXY346789';
  const part = () => Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return `${part()}-${part()}-${part()}`;
}
