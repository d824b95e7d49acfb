import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { teamOf } from '../organisations/team-of.ts';
import type { Actor } from '../shared/access.ts';
import { readActor } from '../shared/access-store.ts';
import { jsonOrUndefined } from '../shared/events.ts';
import { needsTotp, type Session } from '../shared/session.ts';
import { epochMilliseconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { readSupports } from './account-store.ts';
import type { Grant, Viewer } from './contract.ts';
import { newTicket, type SessionTicket, setCookies } from './cookies.ts';
import type { IdentityTools } from './identity-tools.ts';
import { readName, readProfile } from './patient-store.ts';
import { endsAt, openUntil } from './session-rules.ts';
import { putSession, readPin } from './session-store.ts';
import type { Tokens } from './user-pool.ts';

const AccessClaims = z.object({
  sub: z.string(),
  iat: z.number(),
  origin_jti: z.optional(z.string()),
  jti: z.string(),
});

/** The claims of a token that the pool has just given us over TLS; nobody else's token comes here. */
export function claimsOf(accessToken: string) {
  const claims = z.parse(
    AccessClaims,
    jsonOrUndefined(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()),
  );
  return { userId: claims.sub, issuedAtEpochSeconds: claims.iat, family: claims.origin_jti ?? claims.jti };
}

export type Granted = { readonly grant: Grant; readonly cookies: readonly string[] };

/** Opens a session on this device and hands out its first access token. */
export async function openSession(
  tools: IdentityTools,
  actor: Actor,
  given: { tokens: Tokens; device: string | undefined; totpPassed: boolean },
): Promise<Granted> {
  const now = tools.now();
  const isStaff = needsTotp(actor.roles);
  const tokens = await notFromBeforeSignOut(tools, actor, given.tokens);
  const ticket = newTicket(actor.userId, tools.id('ses'));
  const session: Session = {
    sessionId: ticket.sessionId,
    userId: actor.userId,
    device: given.device ?? deviceName(tools.request.userAgent),
    createdAt: now,
    lastSeenAt: now,
    endsAt: endsAt(now, isStaff),
    ...(given.totpPassed && { totpPassedAt: now }),
    openUntil: openUntil(now),
    pinTries: 0,
    families: [claimsOf(tokens.accessToken).family],
    secretHash: hashOf(ticket.secret),
  };
  await putSession(tools, session);
  return await grantFor(tools, actor, session, ticket, tokens);
}

/** What the browser gets: token and viewer in the body, the rest in cookies. */
export async function grantFor(
  tools: Tools,
  actor: Actor,
  session: Session,
  ticket: SessionTicket,
  tokens: Tokens,
): Promise<Granted> {
  const staff = needsTotp(actor.roles) && {
    pinSet: (await readPin(tools, actor.userId)) !== undefined,
    trustedUntil: session.endsAt,
  };
  const grant: Grant = {
    step: 'done',
    accessToken: tokens.accessToken,
    expiresInSeconds: tokens.expiresInSeconds,
    viewer: await viewerOf(tools, actor),
    ...staff,
  };
  return { grant, cookies: setCookies(ticket, tokens.refreshToken, tools.now(), session.endsAt) };
}

/**
 * A sign-out everywhere refuses all tokens of its second. Who signs in again within that second gets a token from the
 * next one, or it would be refused like the old.
 */
async function notFromBeforeSignOut(tools: IdentityTools, actor: Actor, tokens: Tokens): Promise<Tokens> {
  if (claimsOf(tokens.accessToken).issuedAtEpochSeconds >= actor.tokensValidFromEpochSeconds) return tokens;
  const waitMilliseconds = actor.tokensValidFromEpochSeconds * 1000 - epochMilliseconds(tools.now());
  await new Promise((done) => setTimeout(done, Math.min(Math.max(waitMilliseconds, 0), 1_500)));
  return (await tools.pool.refresh(tokens.refreshToken)) ?? tokens;
}

export async function viewerOf(tools: Tools, actor: Actor): Promise<Viewer> {
  const now = tools.now();
  const teams = await Promise.all(
    teamsAt(actor, now).map(async ({ teamId, to }) => ({ team: await teamOf(tools, teamId), teamId, to })),
  );
  const supports = await Promise.all(
    (await readSupports(tools, actor.userId)).map(async ({ patientId }) => ({
      patientId,
      name: (await readName(tools, patientId)) ?? '',
    })),
  );
  const own = actor.patientId === undefined ? undefined : await readProfile(tools, actor.patientId);
  const zone = own?.zone ?? teams[0]?.team?.calendar.zone;
  return {
    userId: actor.userId,
    roles: actor.roles,
    displayName: actor.displayName,
    language: actor.language,
    ...(actor.patientId !== undefined && { patientId: actor.patientId }),
    teams: teams.map(({ team, teamId, to }) => ({
      teamId,
      name: team?.name ?? '',
      ...(team && { zone: team.calendar.zone }),
      ...(to !== undefined && { coverUntil: to }),
    })),
    organisationIds: actor.organisationIds,
    supports,
    ...(zone !== undefined && { zone }),
  };
}

/** Each team once, whoever of it they stand in for: their own first, a cover as long as the longest. */
function teamsAt({ teams }: Actor, now: string): Actor['teams'] {
  const until = ({ to = '~' }: Actor['teams'][number]) => to;
  const longestFirst = teams
    .filter((one) => (one.from ?? '') <= now && now < until(one))
    .sort((a, b) => Number(until(a) < until(b)) - Number(until(a) > until(b)));
  return longestFirst.filter((one, at) => longestFirst.findIndex(({ teamId }) => teamId === one.teamId) === at);
}

/** The person behind a finished step; undefined for an account that is closed or that we do not know. */
export async function actorBehind(tools: Tools, tokens: Tokens): Promise<Actor | undefined> {
  const actor = await readActor(tools, claimsOf(tokens.accessToken).userId);
  return actor && !actor.disabled ? actor : undefined;
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function isSecretOf(session: Session, secret: string): boolean {
  const [a, b] = [Buffer.from(session.secretHash), Buffer.from(hashOf(secret))];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A name for the list of sessions when the person gave none. */
function deviceName(userAgent: string): string {
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((each) => userAgent.includes(each));
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((each) => userAgent.includes(each));
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(', ') || 'Unknown device';
}
