import type { Tools } from '../shared/tools.ts';
import { addPieces } from './add-pieces.ts';
import { type ChangedDay, changeDay, planFor } from './change-day.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { Evidence } from './evidence.ts';
import { type Witness, withWitness } from './witness.ts';

/** Evidence as it arrives. An opening finds its dosing day by its time; what a person says names the day and the slot. */
export type NewEvidence = Evidence & { readonly localDate?: string };

export type RecordEvidence = {
  readonly patientId: string;
  readonly evidence: NewEvidence;
  /** What the box said with it, so that the day need not ask. */
  readonly witness?: Witness;
};

/**
 * Adds one piece of evidence to its day, once however often it arrives, and derives the day again. Nothing is refused that
 * a box has measured: an opening outside any slot stays with its day. Only a patient without any plan has no day.
 */
export async function recordEvidence(
  tools: Tools,
  input: RecordEvidence,
): Promise<'recorded' | 'repeated' | 'no-plan'> {
  const changed = await addEvidence(tools, input);
  if (changed === 'no-plan') return 'no-plan';
  return changed.outcome === 'changed' ? 'recorded' : 'repeated';
}

/** As `recordEvidence`, answering the day. */
export async function addEvidence(
  tools: Tools,
  { patientId, evidence: { localDate: named, ...evidence }, witness }: RecordEvidence,
): Promise<ChangedDay | 'no-plan'> {
  const localDate = named ?? (await dosingDateFor(tools, patientId, evidence.at));
  if (localDate === undefined) return 'no-plan';
  return await changeDay(tools, patientId, localDate, (day) => {
    const next = addPieces(day, [evidence]);
    return next && witness ? { ...next, facts: withWitness(next.facts, witness) } : next;
  });
}

/** The dosing day of an instant for this patient; undefined without any plan. */
export async function dosingDateFor(tools: Tools, patientId: string, at: string): Promise<string | undefined> {
  const known = await planFor(tools, patientId, at.slice(0, 10));
  return known && dosingDateOf(known.plan, at);
}
