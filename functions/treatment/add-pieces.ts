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
 * A lid that moves more often on one day is broken, and once more says nothing. Without an end it would fill the item, and then
 * neither box nor nurse could write to that day.
 */
const openingsPerDay = 300;

/**
 * The day with these pieces, each once however often it comes; undefined when it has them all. Refuses what people at home say
 * beyond all use, never staff; of a box it keeps what can still say something.
 */
export function addPieces(day: Day, pieces: readonly Evidence[]): Day | undefined {
  const known = day.facts.evidence;
  const room = openingsPerDay - known.filter(({ kind }) => kind === 'opening').length;
  const unknown = pieces.filter((piece) => !known.some((one) => one.id === piece.id));
  const openings = unknown.filter(({ kind }) => kind === 'opening').slice(0, Math.max(0, room));
  const fresh = unknown.filter((piece) => piece.kind !== 'opening' || openings.includes(piece));
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
