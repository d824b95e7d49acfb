import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore.js';
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory.js';

type Branch = { [name: string]: unknown };

/** The user directory in memory: the library's own store rewrites its whole file on every change. */
export type MemoryStores = DataStoreFactory & {
  dump(): Record<string, Branch>;
  load(state: Record<string, Branch>): void;
};

export function memoryStores(): MemoryStores {
  const roots = new Map<string, Branch>();
  const loaded = new Map<string, Branch>();
  return {
    async create(_context, id, defaults) {
      const root: Branch = loaded.get(id) ?? structuredClone({ ...defaults });
      roots.set(id, root);
      return storeOf(root);
    },
    dump: () => Object.fromEntries(roots),
    load(state) {
      for (const [id, root] of Object.entries(state)) loaded.set(id, root);
    },
  };
}

function storeOf(root: Branch): DataStore {
  const path = (key: string | string[]) => (Array.isArray(key) ? key : [key]);
  const walk = (steps: string[], make: boolean): Branch | undefined => {
    let place: Branch = root;
    for (const step of steps) {
      const next = place[step];
      if (isBranch(next)) place = next;
      else if (make) {
        const made: Branch = {};
        place[step] = made;
        place = made;
      } else return undefined;
    }
    return place;
  };
  return {
    async get<T>(_context: unknown, key: string | string[], otherwise?: T) {
      const steps = path(key);
      const found = walk(steps.slice(0, -1), false)?.[steps.at(-1) ?? ''];
      // The library asks for the type it has put there; the store cannot know it.
      return (found === undefined ? (otherwise ?? null) : structuredClone(found)) as T;
    },
    async getRoot<T>() {
      return structuredClone(root) as T;
    },
    async set(_context, key, value) {
      const steps = path(key);
      const place = walk(steps.slice(0, -1), true);
      if (place) place[steps.at(-1) ?? ''] = structuredClone(value);
    },
    async delete(_context, key) {
      const steps = path(key);
      delete walk(steps.slice(0, -1), false)?.[steps.at(-1) ?? ''];
    },
  };
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
