/** Shared by the main thread and every function environment: [0] the frozen instant or -1, [1] the offset from real time. */
const FROZEN = 0;
const OFFSET = 1;
const RUNNING = -1n;

/**
 * The one time of everything that runs. It goes on at real speed, and stands still while it is being moved, so that
 * whatever fires at 08:00:00 reads 08:00:00 however long the machine takes.
 */
export interface Clock {
  /** Milliseconds since the epoch, as everybody sees it. */
  now(): number;
  /** Stands still at `at` until the next `standAt` or `runOn`. Never goes back. */
  standAt(at: number): void;
  /** Runs on at real speed from where it stands. */
  runOn(): void;
  /** Real milliseconds added to the machine's clock; a browser or simulator corrects its own clock by it. */
  offset(): number;
  standing(): boolean;
  readonly cells: SharedArrayBuffer;
}

export function createClock(startAt: number = Date.now()): Clock {
  const cells = new SharedArrayBuffer(16);
  const view = new BigInt64Array(cells);
  Atomics.store(view, FROZEN, RUNNING);
  Atomics.store(view, OFFSET, BigInt(Math.round(startAt) - Date.now()));
  const now = () => {
    const frozen = Atomics.load(view, FROZEN);
    return frozen === RUNNING ? Date.now() + Number(Atomics.load(view, OFFSET)) : Number(frozen);
  };
  return {
    cells,
    now,
    offset: () => now() - Date.now(),
    standing: () => Atomics.load(view, FROZEN) !== RUNNING,
    standAt(at) {
      Atomics.store(view, FROZEN, BigInt(Math.max(Math.ceil(at), now())));
    },
    runOn() {
      Atomics.store(view, OFFSET, BigInt(now() - Date.now()));
      Atomics.store(view, FROZEN, RUNNING);
    },
  };
}
