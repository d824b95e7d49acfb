import type { Phase } from './plan-shapes.ts';

/** How far ahead days may be stored and changes be known: pocket doses are declared at most so long before. */
export const furthestAheadDays = 62;

/** How many dosing days a regimen lasts; undefined when its last phase is open. */
export function lengthInDays(phases: readonly Phase[]): number | undefined {
  let days = 0;
  for (const phase of phases) {
    if (phase.days === undefined) return undefined;
    days += phase.days;
  }
  return days;
}
