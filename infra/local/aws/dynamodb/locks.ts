export type KeyLocks = { hold<T>(keys: string[], work: () => Promise<T>): Promise<T> };

/** One writer at a time per key. All keys of a call are queued for at one instant, so no two calls can wait for each other. */
export function keyLocks(): KeyLocks {
  const tails = new Map<string, Promise<void>>();
  return {
    async hold(keys, work) {
      const own = [...new Set(keys)];
      const before = own.map((key) => tails.get(key));
      let release = () => {};
      const done = new Promise<void>((resolve) => {
        release = resolve;
      });
      for (const key of own) tails.set(key, done);
      await Promise.all(before);
      try {
        return await work();
      } finally {
        release();
        for (const key of own) if (tails.get(key) === done) tails.delete(key);
      }
    },
  };
}
