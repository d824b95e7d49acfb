/** One part of the local cloud that may have work under way. */
export interface Part {
  readonly name: string;
  busy(): boolean;
}

const GIVE_UP_AFTER_MS = 300_000;
/** Work hops from part to part between turns of the event loop; this many quiet turns mean that it has ended. */
const QUIET_TURNS = 3;

/** Resolves when nothing runs and nothing readable waits. Rejects, naming what is busy, when that takes too long. */
export async function settle(parts: readonly Part[], giveUpAfterMs = GIVE_UP_AFTER_MS): Promise<void> {
  const giveUpAt = performance.now() + giveUpAfterMs;
  for (let quiet = 0; quiet < QUIET_TURNS; ) {
    const busy = parts.filter((part) => part.busy()).map((part) => part.name);
    if (busy.length === 0) {
      quiet++;
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    quiet = 0;
    if (performance.now() > giveUpAt) throw new Error(`still busy after ${giveUpAfterMs / 1000} s: ${busy.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
