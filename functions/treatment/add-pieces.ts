import { Refusal } from '../shared/refusal.ts';
import type { Day } from './day-item.ts';
import type { Evidence } from './evidence.ts';

/**
 * What may be said of one day: each slot of the fullest day four times over by one person, and twice that by all supporters
 * together. At its longest it fills a third of what an item of the table holds, so that the box and the clinic are always
 * heard; what the patient may say does not depend on the supporters.
 */
export const saidPerDay = { byOne: 24, bySupporters: 48 } as const;

/**
 * A lid that moves more often in ten minutes is broken, and once more says nothing. Without an end it would fill the item, and
 * then neither box nor nurse could write to that day; an opening hours later still finds its place.
 */
const openingsPerTenMinutes = 12;

/**
 * The day with these pieces, each once however often it comes; undefined when it has them all. Refuses what people at home say
 * beyond all use, never staff; of a box it keeps what can still say something.
 */
export function addPieces(day: Day, pieces: readonly Evidence[]): Day | undefined {
  const known = day.facts.evidence;
  const fresh: Evidence[] = [];
  for (const piece of pieces) {
    if (known.some((one) => one.id === piece.id)) continue;
    if (piece.kind === 'opening' && openingsAround([...known, ...fresh], piece.at) >= openingsPerTenMinutes) continue;
    fresh.push(piece);
  }
  if (fresh.length === 0) return undefined;
  const evidence = [...known, ...fresh];
  if (fresh.some((piece) => isTooMuch(evidence, piece)))
    throw new Refusal('conflict', 'said-enough', 'You have said a lot about this day already. Call the clinic.');
  return { ...day, facts: { ...day.facts, evidence } };
}

function isTooMuch(evidence: readonly Evidence[], { role, author }: Evidence): boolean {
  if (role !== 'patient' && role !== 'supporter') return false;
  const same = evidence.filter((piece) => piece.role === role);
  if (same.filter((piece) => piece.author === author).length > saidPerDay.byOne) return true;
  return role === 'supporter' && same.length > saidPerDay.bySupporters;
}

function openingsAround(evidence: readonly Evidence[], at: string): number {
  const tenMinutes = (instant: string) => Math.floor(Date.parse(instant) / 600_000);
  return evidence.filter((one) => one.kind === 'opening' && tenMinutes(one.at) === tenMinutes(at)).length;
}
