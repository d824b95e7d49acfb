/** Decides after which write an environment dies: once for a function that somebody named, or by chance while hostile. */
export class WritesUntilKill {
  readonly #planned = new Map<string, number>();
  readonly #written = new Map<string, number>();
  readonly #doomed = new Map<string, number>();
  #random: { functions: ReadonlySet<string>; next: () => number } | undefined;
  #killed = 0;

  /** The first environment of the function that has written `writes` times from now on is killed, once. */
  plan(functionName: string, writes: number): void {
    this.#planned.set(functionName, writes);
    this.#written.clear();
  }

  /** Kills an environment after a hundred of its writes or so; only of functions whose events are delivered again. */
  hostile(random: { functions: ReadonlySet<string>; next: () => number } | undefined): void {
    this.#random = random;
  }

  /** Counts a write; true when the environment must die now. */
  wrote(functionName: string, accessKeyId: string): boolean {
    const kill = this.#plannedKill(functionName, accessKeyId) || this.#randomKill(functionName, accessKeyId);
    if (kill) this.#killed++;
    return kill;
  }

  killed(): number {
    return this.#killed;
  }

  #plannedKill(functionName: string, accessKeyId: string): boolean {
    const planned = this.#planned.get(functionName);
    if (planned === undefined) return false;
    const count = (this.#written.get(accessKeyId) ?? 0) + 1;
    this.#written.set(accessKeyId, count);
    if (count < planned) return false;
    this.#planned.delete(functionName);
    return true;
  }

  #randomKill(functionName: string, accessKeyId: string): boolean {
    if (this.#random === undefined || !this.#random.functions.has(functionName)) return false;
    const left = (this.#doomed.get(accessKeyId) ?? 1 + Math.floor(this.#random.next() * 200)) - 1;
    this.#doomed.set(accessKeyId, left);
    return left <= 0;
  }
}
