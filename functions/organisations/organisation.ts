import * as z from 'zod/mini';
import { Level } from './level.ts';

export const Organisation = z.object({
  organisationId: z.string(),
  level: Level,
  name: z.string(),
  /** Ids from the country down to this one. */
  path: z.array(z.string()),
  prefix: z.optional(z.string()),
  zone: z.optional(z.string()),
  phone: z.optional(z.string()),
  version: z.int(),
});
export type Organisation = z.infer<typeof Organisation>;

const mayStandBelow: Readonly<Record<Level, readonly Level[]>> = {
  country: [],
  region: ['country', 'region'],
  facility: ['country', 'region'],
  department: ['facility'],
};

/** A region may hold regions (state, district); a facility stands below a region or straight below the country. */
export function fitsBelow(level: Level, parent: Level): boolean {
  return mayStandBelow[level].includes(parent);
}
