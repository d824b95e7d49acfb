import * as z from 'zod/mini';
import { type Actor, staffRoles } from './access.ts';
import { Refusal } from './refusal.ts';
import type { Role } from './shapes.ts';
import { queryAll } from './table.ts';
import type { Tools } from './tools.ts';

/** One device on which a person is signed in. Our own item, so that it can be seen and ended. */
export const Session = z.object({
  sessionId: z.string(),
  userId: z.string(),
  /** What the person calls the device. */
  device: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  /** The end, whatever happens: a shift for staff, thirty days for others. */
  endsAt: z.string(),
  endedAt: z.optional(z.string()),
  /** When TOTP was passed for it. */
  totpPassedAt: z.optional(z.string()),
  /** Not refreshed until then: locked, the PIN opens it. */
  openUntil: z.string(),
  lockedAt: z.optional(z.string()),
  pinTries: z.int(),
  /** Families (`origin_jti`) of the access tokens that were given to it. */
  families: z.array(z.string()),
  secretHash: z.string(),
});
export type Session = z.infer<typeof Session>;

const rolesWithTotp: readonly Role[] = [...staffRoles, 'organisation-admin', 'system-admin'];

/** Providers and administrators pass TOTP; patients and supporters do not have to. */
export function needsTotp(roles: readonly Role[]): boolean {
  return roles.some((role) => rolesWithTotp.includes(role));
}

/** Access pattern 5: the sessions of a person. */
export async function readSessions(tools: Pick<Tools, 'db' | 'tableName'>, userId: string): Promise<Session[]> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':prefix': 'SESSION#' },
    ConsistentRead: true,
  };
  return await queryAll(tools, query, Session);
}

/** The session that a family of tokens belongs to, while it goes on. */
export async function openSessionOf(
  tools: Pick<Tools, 'db' | 'tableName' | 'now'>,
  userId: string,
  family: string | undefined,
): Promise<Session | undefined> {
  const now = tools.now();
  const session = (await readSessions(tools, userId)).find(
    (each) => family !== undefined && each.families.includes(family),
  );
  return session !== undefined && session.endedAt === undefined && now < session.endsAt ? session : undefined;
}

/**
 * For sensitive routes: the token must belong to a session that was not ended since, and staff must have passed TOTP on
 * it. An access token lives for 15 minutes; this makes a revoked device lose these routes at once.
 */
export async function requireOpenSession(tools: Tools, actor: Actor, family: string | undefined): Promise<Session> {
  const session = await openSessionOf(tools, actor.userId, family);
  if (!session) throw new Refusal('unauthenticated', 'signed-out', 'Sign in again.');
  if (needsTotp(actor.roles) && session.totpPassedAt === undefined)
    throw new Refusal('unauthenticated', 'totp-needed', 'Sign in with your password and authenticator.');
  return session;
}
