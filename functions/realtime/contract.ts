import * as z from 'zod/mini';

/** First value of `Sec-WebSocket-Protocol`; the second is the access token. The server answers with this one. */
export const subprotocol = 'careconnect.v1';

/** What the app sends. A new token before the old one ends keeps the connection; a ping keeps it from idling out (10 min). */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('renew'), token: z.string().check(z.maxLength(4000)) }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What changed. Ids only: the app asks again for what it shows, by the doors that check who is asking. */
export const Changed = z.object({
  type: z.literal('changed'),
  kind: z.enum([
    'day',
    'plan',
    'away',
    'alert',
    'task',
    'note',
    'ticket',
    'incident',
    'allocation',
    'case',
    'consent',
    'enrolment',
    'message',
  ]),
  id: z.string(),
  patientId: z.optional(z.string()),
  teamId: z.optional(z.string()),
  at: z.string(),
});
export type Changed = z.infer<typeof Changed>;

export const ServerMessage = z.discriminatedUnion('type', [
  Changed,
  /** The token was accepted; the connection now lives until then. */
  z.object({ type: z.literal('renewed'), expiresAt: z.string() }),
  z.object({ type: z.literal('pong'), at: z.string() }),
  /** Sent before we close: sign in again, or connect anew with a fresh token. */
  z.object({ type: z.literal('closing'), why: z.enum(['expired', 'signed-out', 'refused']) }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
