import { invalid, notFound } from '../shared/refusal.ts';
import { addDays, daysBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { addPieces } from './add-pieces.ts';
import { type ChangedDay, changeDay, planFor } from './change-day.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { Evidence } from './evidence.ts';
import type { PocketDosesInput } from './evidence-shapes.ts';
import { furthestAheadDays } from './plan-dates.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import type { Recorder } from './record-for-person.ts';
import { treatmentEnded } from './revise-plan.ts';

/** A long journey. */
const longestDays = 31;

/**
 * Pills taken along, said before the days: each slot gets the declaration as evidence, once. What is declared for days gone
 * by is not ahead, and refused: those days can be told one by one.
 */
export async function declarePocketDoses(
  tools: Tools,
  { patientId, by, input }: { patientId: string; by: Recorder; input: PocketDosesInput },
): Promise<{ outcome: 'recorded' | 'repeated'; plan: MedicationPlan; days: ChangedDay[] }> {
  const known = await planFor(tools, patientId, input.from);
  if (!known) throw notFound('plan');
  const now = tools.now();
  const today = dosingDateOf(known.plan, now);
  const { stopped } = known.plan;
  if (stopped && input.to > stopped.on) throw treatmentEnded();
  if (input.from < today) throw invalid('/from', 'Declare pocket doses before the day.');
  if (input.to < input.from || daysBetween(input.from, input.to) >= longestDays)
    throw invalid('/to', `Declare at most ${longestDays} days.`);
  if (daysBetween(today, input.to) > furthestAheadDays) throw invalid('/to', 'This is too far ahead.');
  const days: ChangedDay[] = [];
  for (let date = input.from; date <= input.to; date = addDays(date, 1)) {
    const changed = await changeDay(tools, patientId, date, (day) => {
      const slots = day.facts.slots.filter((slot) => input.slots === undefined || input.slots.includes(slot.name));
      const pieces = slots.map(
        (slot): Evidence => ({
          id: `pocket.${input.declarationId}.${slot.name}`,
          kind: 'pocket-dose',
          at: now,
          receivedAt: now,
          slot: slot.name,
          author: by.userId,
          role: by.role,
          ...(input.note !== undefined && { note: input.note }),
        }),
      );
      return addPieces(day, pieces);
    });
    if (changed !== 'no-plan') days.push(changed);
  }
  const isNew = days.some((day) => day.outcome === 'changed');
  return { outcome: isNew ? 'recorded' : 'repeated', plan: known.plan, days };
}
