import type { Grant } from '../../../functions/identity/contract.ts';
import { speakLanguageOf } from '../text/text.ts';
import { ask, post, useTokens } from './api.ts';
import { goLive } from './live.ts';
import { network, whenBack } from './network.ts';
import { outbox, startOutbox } from './outbox.ts';
import { isProblem, Problem } from './problem.ts';
import { drawFromVault, queries, subjectChanged } from './queries.ts';
import { createStore, useStore } from './store.ts';
import { allKept, keep, openVault, reopenVault, shutVault, wipeVault } from './vault.ts';
import { type Viewer, viewerOf } from './viewer.ts';

/** A device that is trusted for a shift and waits for the PIN. */
export interface Locked {
  displayName: string;
  triesLeft: number;
  trustedUntil: string;
}

export type Session =
  | { state: 'starting' }
  | { state: 'out'; locked?: Locked }
  /** `offline`: known from this device only; the server has not confirmed it yet. */
  | { state: 'in'; viewer: Viewer; offline: boolean };

export const session = createStore<Session>({ state: 'starting' });
export const useSession = () => useStore(session);

/** The person who looks. Only for screens behind the sign-in. */
export function useViewer(): Viewer {
  const now = useSession();
  if (now.state !== 'in') throw new Error('nobody is signed in');
  return now.viewer;
}

const viewerName = 'viewer';
/** How long a device may know its person without the server having confirmed it. Staff: no longer than a shift. */
const keepDays = (viewer: Viewer) => (viewer.isStaff ? 0.5 : 30);
/** A token is renewed this long before it ends, so that a request on a slow network still arrives in time. */
const early = 60_000;

let token: { value: string; until: number } | undefined;
let renewing: Promise<string | undefined> | undefined;
let renewTimer: ReturnType<typeof setTimeout> | undefined;
let connection: ReturnType<typeof goLive> | undefined;
let stopOutbox: (() => void) | undefined;
const tabs = new BroadcastChannel('careconnect');

/** Uses this token from now on; the person is not let in yet (a PIN is still to be chosen). */
export function holdToken(grant: Grant): void {
  token = { value: grant.accessToken, until: Date.now() + grant.expiresInSeconds * 1000 };
  clearTimeout(renewTimer);
  renewTimer = setTimeout(() => void renew(), Math.max(5_000, grant.expiresInSeconds * 1000 - early));
  connection?.renew(grant.accessToken);
}

/** One refresh at a time, in one tab at a time: the cookie changes with each. */
function renew(): Promise<string | undefined> {
  renewing ??= navigator.locks
    .request('careconnect-refresh', () => post<Grant>('/api/auth/refresh', {}, { cookieRoute: true }))
    .then(async (grant) => {
      holdToken(grant);
      const now = session.get();
      if (now.state !== 'in' || now.offline) await enter(grant);
      return grant.accessToken;
    })
    .catch(async (error: unknown) => {
      // Only the word of the server ends a session: silence and faults do not.
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      await leave(isProblem(error, 'pin-needed') ? lockedBy(error) : undefined);
      return undefined;
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

useTokens({
  current: async () => (token && token.until - Date.now() > 5_000 ? token.value : await renew()),
  renew,
  // The person meets the door: there they sign in with all that is asked for, and find what was kept.
  over: async () => await leave(),
});

/** Signed in, by whatever door: opens what this device keeps, draws it, and goes live. */
export async function enter(grant: Grant): Promise<Viewer> {
  holdToken(grant);
  const viewer = viewerOf(grant);
  await openVault(viewer.userId, keepDays(viewer)).catch(() => undefined);
  await keep(viewerName, viewer, keepDays(viewer)).catch(() => undefined);
  await drawFromVault().catch(() => undefined);
  await speakLanguageOf(viewer.language);
  session.set({ state: 'in', viewer, offline: false });
  stopOutbox ??= startOutbox(subjectChanged);
  connect();
  return viewer;
}

/** The account has changed (somebody was added to it): ask anew who looks. */
export async function askWhoIAm(): Promise<void> {
  await enter(await post<Grant>('/api/auth/refresh', {}, { cookieRoute: true }));
}

function connect(): void {
  connection ??= goLive({
    token: async () => (token && token.until - Date.now() > 5_000 ? token.value : await renew()),
    changed: (change) => {
      for (const subject of [change.patientId, change.teamId, change.id]) if (subject) void subjectChanged(subject);
    },
    catchUp: () => void queries.invalidateQueries(),
  });
}

function disconnect(): void {
  connection?.stop();
  connection = undefined;
  stopOutbox?.();
  stopOutbox = undefined;
  clearTimeout(renewTimer);
  token = undefined;
}

/**
 * The server no longer knows this session, or asks for the PIN. What has not been sent stays sealed until the same person
 * is back; a locked device keeps its list for them too.
 */
async function leave(locked?: Locked): Promise<void> {
  disconnect();
  queries.clear();
  if (!locked && outbox.get().length === 0) await wipeVault().catch(() => undefined);
  shutVault();
  session.set(locked ? { state: 'out', locked } : { state: 'out' });
}

function lockedBy({ document: { displayName, triesLeft, trustedUntil } }: Problem): Locked {
  return {
    displayName: String(displayName ?? ''),
    triesLeft: Number(triesLeft ?? 0),
    trustedUntil: String(trustedUntil),
  };
}

/** Asks for the PIN from now on: the person leaves the desk for a moment. */
export async function lockDevice(): Promise<void> {
  await post('/api/auth/lock', {}, { cookieRoute: true });
  await renew();
}

/** "I am not …": the next person signs in with their own name. */
export function forgetLock(): void {
  session.set({ state: 'out' });
}

export async function signOut(everywhere = false): Promise<void> {
  if (everywhere) await ask('/api/identity/me/sign-out-everywhere', { method: 'POST', body: {} });
  else await post('/api/auth/sign-out', {}, { cookieRoute: true }).catch(() => undefined);
  await forgetHere();
  tabs.postMessage('signed-out');
}

async function forgetHere(): Promise<void> {
  disconnect();
  queries.clear();
  outbox.set([]);
  await wipeVault().catch(() => undefined);
  session.set({ state: 'out' });
}

/** Who is it? The server's word first; without a network, what this device still knows. */
export async function startSession(): Promise<void> {
  tabs.onmessage = () => void forgetHere();
  whenBack(() => {
    const now = session.get();
    if (now.state === 'in')
      void renew().then(
        () => queries.invalidateQueries(),
        () => undefined,
      );
  });
  try {
    await renew();
  } catch {
    await enterOffline();
  }
  if (session.get().state === 'starting') session.set({ state: 'out' });
}

async function enterOffline(): Promise<void> {
  const userId = await reopenVault().catch(() => undefined);
  if (!userId) return;
  const kept = await allKept();
  const known = kept.find(({ name }) => name === viewerName)?.value as Viewer | undefined;
  if (known?.userId !== userId) return;
  const newest = await drawFromVault();
  if (newest) network.set({ ...network.get(), lastAnswerAt: newest });
  session.set({ state: 'in', viewer: known, offline: true });
  stopOutbox ??= startOutbox(subjectChanged);
}
