import { randomBytes } from 'node:crypto';
import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Role } from '../shared/shapes.ts';
import type { Tools } from '../shared/tools.ts';
import { putAccount } from './account-store.ts';
import type { UserPool } from './user-pool.ts';

export type FirstAdmin = {
  readonly email: string;
  readonly name: string;
  readonly language?: 'en' | 'hi';
  /** The country that they administer too, when there is one already. */
  readonly organisation?: { readonly organisationId: string; readonly path: readonly string[] };
};

/**
 * The one account that nobody can be asked to invite: a system administrator. Run by the deployer with their own rights,
 * behind no route. The code is answered and not sent; it holds for three days, and TOTP is set up at the first sign-in.
 */
export async function makeFirstAdmin(
  tools: Tools,
  pool: Pick<UserPool, 'create'>,
  { email, name, language = 'en', organisation }: FirstAdmin,
): Promise<{ userId: string; code: string }> {
  const roles: Role[] = organisation ? ['system-admin', 'organisation-admin'] : ['system-admin'];
  const code = randomBytes(12).toString('base64url');
  const username = `staff-${randomBytes(9).toString('hex')}`;
  const address = email.toLowerCase();
  const made = await pool.create({ username, email: address, language, roles, password: code, temporary: true });
  if (made === 'taken') throw new Refusal('conflict', 'email-taken', 'Somebody has an account with this e-mail.');
  const { userId } = made;
  const actor: Actor = {
    userId,
    roles,
    displayName: name,
    language,
    teams: [],
    organisationIds: organisation ? [organisation.organisationId] : [],
    disabled: false,
    tokensValidFromEpochSeconds: 0,
  };
  const account = {
    ...{ userId, username: made.username, name, roles, language, email: address, version: 1 },
    ...(organisation && { organisationId: organisation.organisationId, path: [...organisation.path] }),
    ...{ state: 'invited' as const, invitedAt: tools.now() },
  };
  await putAccount(tools, account, actor);
  const why = 'made by the deployer';
  await audit(tools, {
    subjectId: userId,
    actorId: 'deployer',
    action: 'make first administrator',
    outcome: 'allowed',
    why,
  });
  return { userId, code };
}
