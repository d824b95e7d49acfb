import type { Clock } from './clock.ts';

/** Something that happens by itself when its time comes. */
export interface Timed {
  /** The next instant (epoch ms) at which it has something to do. */
  nextAt(): number | undefined;
  /** Does what is due at or before `now`; with `lose`, lets it pass unheard. */
  fire(now: number, lose: boolean): void;
}

export interface MoverOptions {
  readonly clock: Clock;
  readonly timed: readonly Timed[];
  /** Resolves when nothing runs and nothing readable waits. */
  settle(): Promise<void>;
}

/**
 * Which schedules fire on the way: every one, none, or only those of quarter or full hours and of the last minute. A program
 * that catches up with the ticks it has lost does the same work then, somewhat later, in a tenth of the time or less.
 */
export type Ticks = 'all' | 'quarters' | 'hours' | 'none';

const MINUTE_MS = 60_000;
/** How far apart the schedules are that fire. */
const APART_MS = { all: 1, quarters: 15 * MINUTE_MS, hours: 60 * MINUTE_MS };
const LOOK_EVERY_MS = 200;
const MOST_STEPS_AT_ONE_INSTANT = 10_000;

/** Moves time: as it runs by itself, and by leaps that stop at every instant on the way at which something is due. */
export class Mover {
  readonly #options: MoverOptions;
  readonly #timer: NodeJS.Timeout;
  #moving: Promise<void> = Promise.resolve();

  constructor(options: MoverOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      if (!options.clock.standing()) this.#fire(false);
    }, LOOK_EVERY_MS);
  }

  /** Goes on to `target`, one move after another. */
  moveTo(target: () => number, ticks: Ticks = 'all'): Promise<void> {
    const move = this.#moving.then(() => this.#move(target(), ticks));
    this.#moving = move.catch(() => undefined);
    return move;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #move(target: number, ticks: Ticks): Promise<void> {
    const { clock, settle } = this.#options;
    const lost = (at: number) => ticks === 'none' || (at % APART_MS[ticks] !== 0 && at <= target - MINUTE_MS);
    await settle();
    try {
      let stuck = 0;
      for (let at = this.#nextAt(); at !== undefined && at <= target; at = this.#nextAt()) {
        // Something due at an instant may bring about more at the same one, but not for ever.
        stuck = at > clock.now() ? 0 : stuck + 1;
        if (stuck > MOST_STEPS_AT_ONE_INSTANT) throw new Error(`time stands still at ${new Date(at).toISOString()}`);
        clock.standAt(at);
        this.#fire(lost(at));
        await settle();
      }
      clock.standAt(target);
      this.#fire(lost(target));
      await settle();
    } finally {
      clock.runOn();
    }
  }

  #fire(lose: boolean): void {
    const now = this.#options.clock.now();
    for (const timed of this.#options.timed) timed.fire(now, lose);
  }

  #nextAt(): number | undefined {
    const instants = this.#options.timed.map((timed) => timed.nextAt()).filter((at) => at !== undefined);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  }
}
