import { ask, type Method } from './api.ts';
import { type KeptKey, keptKeyOf } from './kept.ts';
import { whenBack } from './network.ts';
import { mayPass, Problem, Unreachable } from './problem.ts';
import { createStore } from './store.ts';
import { addToOutbox, allInOutbox, replaceInOutbox, takeFromOutbox } from './vault.ts';

/** Something a person said that must reach the clinic exactly once, network or not. */
export interface Saying {
  method: Method;
  path: string;
  body: unknown;
  /** The Idempotency-Key; the same for every try. */
  onceKey: string;
  /** What it was, for the visible queue. */
  about: KeptKey;
  saidAt: string;
  /** Whose record: to draw again what depends on it. */
  subjectId: string;
  /** The API refused it. It stays visible until the person has read why. */
  refused?: { code: string; detail: string };
}

export interface Waiting extends Saying {
  place: number;
}

export const outbox = createStore<readonly Waiting[]>([]);

type Outcome = { what: 'sent'; body: unknown } | { what: 'kept' } | { what: 'refused'; problem: Problem | Unreachable };

/** Not kept: no row of the store has this place. */
const nowhere = -1;

function isWaiting({ place, value }: { place: number; value: unknown }): Waiting {
  const saying = value as Saying;
  return { ...saying, about: keptKeyOf(saying.about), place };
}

async function readAgain(): Promise<readonly Waiting[]> {
  const all = (await allInOutbox()).map(isWaiting);
  outbox.set(all);
  return all;
}

/**
 * Says it: kept on this device first, then sent in its turn. With `formStays` a refusal is read, and put right, in the form
 * that is still open: it does not also wait in the queue.
 */
export async function say({
  formStays,
  ...saying
}: Omit<Saying, 'saidAt' | 'onceKey'> & { onceKey?: string; formStays?: boolean }): Promise<Outcome> {
  const whole: Saying = {
    ...saying,
    onceKey: saying.onceKey ?? crypto.randomUUID(),
    saidAt: new Date().toISOString(),
  };
  const place = await addToOutbox(whole).catch(() => undefined);
  // A browser without a store (a private window, a full disk) can still say it, as long as somebody answers.
  if (place === undefined) return await sendOne({ ...whole, place: nowhere });
  await readAgain();
  const outcome = (await sendAll()).get(place) ?? { what: 'kept' };
  if (outcome.what === 'refused' && formStays) await drop(place);
  return outcome;
}

let sending: Promise<Map<number, Outcome>> | undefined;

/** Sends what waits, oldest first, stopping at the first silence. One tab at a time. */
export async function sendAll(): Promise<Map<number, Outcome>> {
  const previous = sending;
  sending = (async () => {
    const before = await previous;
    const now = await navigator.locks.request('careconnect-outbox', sendInOrder);
    return new Map([...(before ?? []), ...now]);
  })();
  try {
    return await sending;
  } finally {
    sending = undefined;
  }
}

async function sendInOrder(): Promise<Map<number, Outcome>> {
  const results = new Map<number, Outcome>();
  for (const waiting of await readAgain()) {
    if (waiting.refused) continue;
    const outcome = await sendOne(waiting);
    results.set(waiting.place, outcome);
    if (outcome.what === 'kept') break;
  }
  await readAgain();
  return results;
}

async function sendOne({ place, ...saying }: Waiting): Promise<Outcome> {
  try {
    const { body } = await ask<unknown>(saying.path, {
      method: saying.method,
      body: saying.body,
      onceKey: saying.onceKey,
    });
    if (place !== nowhere) await takeFromOutbox(place);
    return { what: 'sent', body };
  } catch (error) {
    return await notSent({ place, ...saying }, error);
  }
}

/** What may pass later stays in its place; what the API refuses stays visible until it is read. */
async function notSent({ place, ...saying }: Waiting, error: unknown): Promise<Outcome> {
  if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
  if (place === nowhere) return { what: 'refused', problem: error };
  if (mayPass(error) || error instanceof Unreachable || error.status === 401) return { what: 'kept' };
  await replaceInOutbox(place, { ...saying, refused: { code: error.code, detail: error.message } });
  return { what: 'refused', problem: error };
}

/** The person has read why it was refused, or takes back what has not left yet. */
export async function drop(place: number): Promise<void> {
  await takeFromOutbox(place);
  await readAgain();
}

/** Sends what waits now and whenever the server is back; `sentLate` hears whose record has changed by it. */
export function startOutbox(sentLate: (subjectId: string) => void): () => void {
  const send = async () => {
    const waiting = await readAgain();
    const results = await sendAll();
    for (const { place, subjectId } of waiting) if (results.get(place)?.what === 'sent') sentLate(subjectId);
  };
  void send();
  return whenBack(() => void send());
}
