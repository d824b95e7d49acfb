import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';
import { type DayFacts, type DerivedSlot, deriveDay } from './derive-day.ts';
import type { StatusKey } from './dose-status.ts';
import { type Witness, withWitness } from './witness.ts';

export type CloseSlot = {
  readonly patientId: string;
  readonly localDate: string;
  readonly slot: string;
  /** What the patient's boxes have said by now. */
  readonly witness: Witness;
};

/**
 * At the end of a slot's window: writes down what the boxes have said by now, and with it the status. A slot that
 * somebody or something already spoke for costs no write. Called again, or too early, it changes nothing.
 */
export async function closeSlot(
  tools: Tools,
  { patientId, localDate, slot, witness }: CloseSlot,
): Promise<StatusKey | 'no-slot' | 'no-plan'> {
  const now = tools.now();
  const changed = await changeDay(tools, patientId, localDate, (day) => {
    const before = slotOf(day.facts, slot, now);
    const facts = dependsOnBox(before?.status) ? withWitness(day.facts, witness) : day.facts;
    const after = slotOf(facts, slot, now);
    const written = day.written.find((one) => one.name === slot);
    const isWritten = day.version > 0 && written?.status === after?.status && written?.detail === after?.detail;
    return after === undefined || after.status === 'yet' || isWritten ? undefined : { ...day, facts };
  });
  if (changed === 'no-plan') return 'no-plan';
  return changed.derived.slots.find((one) => one.name === slot)?.status ?? 'no-slot';
}

/** Statuses that the next word of a box may change. */
export function dependsOnBox(status: StatusKey | undefined): boolean {
  return status === 'yet' || status === 'waiting' || status === 'silent' || status === 'shut';
}

function slotOf(facts: DayFacts, name: string, now: string): DerivedSlot | undefined {
  return deriveDay(facts, now).slots.find((slot) => slot.name === name);
}
