import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
  savedAt: number;
  expiresAt: number;
}

interface Shape extends DBSchema {
  keys: { key: 'current'; value: { userId: string; key: CryptoKey; expiresAt: number } };
  kept: { key: string; value: Sealed };
  outbox: { key: number; value: Sealed };
}

export interface Kept {
  name: string;
  value: unknown;
  savedAt: number;
}

const database = 'careconnect';
const day = 86_400_000;

let opening: Promise<IDBPDatabase<Shape>> | undefined;
let current: { userId: string; key: CryptoKey } | undefined;

const db = () => {
  opening ??= openDB<Shape>(database, 1, {
    upgrade(made) {
      made.createObjectStore('keys');
      made.createObjectStore('kept');
      made.createObjectStore('outbox', { autoIncrement: true });
    },
  });
  return opening;
};

/**
 * Opens what this device keeps for one person. The key is made here, cannot be exported, belongs to this session and
 * dies with it; another person's remains are wiped before anything of theirs could be read.
 */
export async function openVault(userId: string, keepDays: number): Promise<void> {
  const store = await db();
  const expiresAt = Date.now() + keepDays * day;
  const known = await store.get('keys', 'current');
  if (known && known.userId === userId && known.expiresAt > Date.now()) {
    await store.put('keys', { ...known, expiresAt }, 'current');
    current = known;
    return;
  }
  await wipeVault();
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  current = { userId, key };
  await (await db()).put('keys', { userId, key, expiresAt }, 'current');
}

/** Without a network: whose vault is this, if it has not expired? */
export async function reopenVault(): Promise<string | undefined> {
  const known = await (await db()).get('keys', 'current');
  if (!known) return undefined;
  if (known.expiresAt <= Date.now()) {
    await wipeVault();
    return undefined;
  }
  current = known;
  return known.userId;
}

/** The key leaves the memory of this page; what is kept stays sealed. */
export function shutVault(): void {
  current = undefined;
}

/** Forgets everything this device keeps: key, data and queue. */
export async function wipeVault(): Promise<void> {
  current = undefined;
  const store = await db();
  const all = store.transaction(['keys', 'kept', 'outbox'], 'readwrite');
  await Promise.all([
    all.objectStore('keys').clear(),
    all.objectStore('kept').clear(),
    all.objectStore('outbox').clear(),
    all.done,
  ]);
}

async function seal(value: unknown, keepDays: number): Promise<Sealed> {
  if (!current) throw new Error('the vault is shut');
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, current.key, plain);
  return { iv, data, savedAt: Date.now(), expiresAt: Date.now() + keepDays * day };
}

async function unseal(sealed: Sealed): Promise<unknown> {
  if (!current || sealed.expiresAt <= Date.now()) return undefined;
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, current.key, sealed.data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    // Sealed under a key that is gone: as good as not there.
    return undefined;
  }
}

export async function keep(name: string, value: unknown, keepDays: number): Promise<void> {
  if (!current) return;
  const sealed = await seal(value, keepDays);
  await (await db()).put('kept', sealed, name);
}

export async function forget(name: string): Promise<void> {
  await (await db()).delete('kept', name);
}

/** Everything kept and still fresh; what has expired is deleted on the way. */
export async function allKept(): Promise<Kept[]> {
  const store = await db();
  const names = await store.getAllKeys('kept');
  const found = await Promise.all(
    names.map(async (name) => {
      const sealed = await store.get('kept', name);
      const value = sealed && (await unseal(sealed));
      if (value === undefined) await store.delete('kept', name);
      return value === undefined || !sealed ? undefined : { name, value, savedAt: sealed.savedAt };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

const outboxDays = 30;

export async function addToOutbox(value: unknown): Promise<number> {
  const sealed = await seal(value, outboxDays);
  return await (await db()).add('outbox', sealed);
}

export async function replaceInOutbox(place: number, value: unknown): Promise<void> {
  const sealed = await seal(value, outboxDays);
  await (await db()).put('outbox', sealed, place);
}

export async function takeFromOutbox(place: number): Promise<void> {
  await (await db()).delete('outbox', place);
}

export async function allInOutbox(): Promise<{ place: number; value: unknown }[]> {
  const store = await db();
  const places = await store.getAllKeys('outbox');
  const found = await Promise.all(
    places.map(async (place) => {
      const sealed = await store.get('outbox', place);
      return { place, value: sealed && (await unseal(sealed)) };
    }),
  );
  return found.filter(({ value }) => value !== undefined);
}
