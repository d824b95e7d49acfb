import type { AwsOptions, OutboxEntry } from './types.ts';

export type Outbox = {
  add(entry: Omit<OutboxEntry, 'at'>): void;
  list(): OutboxEntry[];
  clear(): void;
  load(entries: OutboxEntry[]): void;
};

/** Everything that would have left the building, in order. */
export function outboxOf(options: Pick<AwsOptions, 'now'>): Outbox {
  let entries: OutboxEntry[] = [];
  return {
    add: (entry) => void entries.push({ at: new Date(options.now()).toISOString(), ...entry }),
    list: () => [...entries],
    clear: () => {
      entries = [];
    },
    load(kept) {
      entries = kept;
    },
  };
}
