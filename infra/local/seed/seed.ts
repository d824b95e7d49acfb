import type { Cloud } from '../cloud.ts';

/** What fills an empty cloud with demonstration data, through the product's own doors. */
export interface Seed {
  /** Initial time of a fresh demonstration, in epoch ms. */
  startsAt(realNow: number): number;
  /** What must be there when the ready line appears. */
  story(cloud: Cloud, tell: (line: string) => void): Promise<void>;
  /** What fills in behind it. */
  rest(cloud: Cloud, tell: (line: string) => void): Promise<void>;
}

export const seed: Seed = {
  startsAt: (realNow) => realNow,
  story: () => Promise.resolve(),
  rest: () => Promise.resolve(),
};
