/** Work under way in one part of the local cloud. */
export class Activity {
  #count = 0;

  busy(): boolean {
    return this.#count > 0;
  }

  /** Counts `work` as under way until it settles. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
    }
  }
}
