import { randomBytes } from 'node:crypto';
import { secondsBetween } from '../shared/time.ts';

/** Sent back by the browser to the sign-in routes only, never readable by a script, never from another site. */
const attributes = 'Path=/api/auth; HttpOnly; Secure; SameSite=Strict';
export const refreshCookie = 'careconnect-refresh';
export const sessionCookie = 'careconnect-session';

/** What the session cookie says: whose, which, and the proof that it was us who gave it. */
export type SessionTicket = { readonly userId: string; readonly sessionId: string; readonly secret: string };

export function newTicket(userId: string, sessionId: string): SessionTicket {
  return { userId, sessionId, secret: randomBytes(24).toString('base64url') };
}

export function setCookies(ticket: SessionTicket, refreshToken: string, now: string, endsAt: string): string[] {
  const maxAge = Math.max(0, Math.floor(secondsBetween(now, endsAt)));
  const { userId, sessionId, secret } = ticket;
  return [
    `${refreshCookie}=${refreshToken}; Max-Age=${maxAge}; ${attributes}`,
    `${sessionCookie}=${userId}.${sessionId}.${secret}; Max-Age=${maxAge}; ${attributes}`,
  ];
}

export const clearedCookies: readonly string[] = [refreshCookie, sessionCookie].map(
  (name) => `${name}=; Max-Age=0; ${attributes}`,
);

export function readTicket(cookie: string | undefined): SessionTicket | undefined {
  const [userId, sessionId, secret, ...more] = cookie?.split('.') ?? [];
  return userId && sessionId && secret && more.length === 0 ? { userId, sessionId, secret } : undefined;
}
