import { seededRandom } from './seeded-random.ts';

/** What deliveries may legally do on AWS, made to happen often: the same seed makes the same choices. */
export class Hostility {
  #random: (() => number) | undefined;
  #seed: number | undefined;

  set(seed: number | undefined): void {
    this.#seed = seed;
    this.#random = seed === undefined ? undefined : seededRandom(seed);
  }

  get seed(): number | undefined {
    return this.#seed;
  }

  get random(): (() => number) | undefined {
    return this.#random;
  }

  /** True with this probability while hostile, never otherwise. */
  chance(probability: number): boolean {
    return this.#random !== undefined && this.#random() < probability;
  }

  /** A batch size between 1 and `size` while hostile. */
  batchSize(size: number): number {
    return this.#random === undefined ? size : 1 + Math.floor(this.#random() * size);
  }

  /** Another order of the same items while hostile. */
  shuffled<T>(items: readonly T[]): T[] {
    const random = this.#random;
    if (random === undefined) return [...items];
    return items
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
}
