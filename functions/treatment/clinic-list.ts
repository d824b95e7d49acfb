import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { loadDay } from './change-day.ts';
import type { ClinicListAnswer, ClinicListInput, EvidenceInput } from './evidence-shapes.ts';
import { type Recorder, recordForPerson } from './record-for-person.ts';

export type ListResult = ClinicListAnswer['results'][number];

/**
 * Doses given at the clinic, several patients in one list. In person means that whoever sends the list watched; typed later
 * it is a claim with a reason. One patient's refusal does not hold up the others. Sent twice, it is recorded once.
 */
export async function recordClinicList(
  tools: Tools,
  { by, input }: { by: Recorder; input: ClinicListInput },
): Promise<ListResult[]> {
  if (!input.inPerson && input.reason === undefined)
    throw new Refusal('invalid', 'reason-required', 'Say how you know: nobody watched these doses.');
  const results: ListResult[] = [];
  for (const tick of input.ticks) results.push(await recordTick(tools, by, input, tick));
  return results;
}

async function recordTick(
  tools: Tools,
  by: Recorder,
  list: ClinicListInput,
  { patientId, slots }: ClinicListInput['ticks'][number],
): Promise<ListResult> {
  const day = await loadDay(tools, patientId, list.localDate);
  const now = tools.now();
  const due = (day?.facts.slots ?? []).filter((slot) =>
    slots ? slots.includes(slot.name) && hasBegun(slot, now, list) : isOpen(slot, now, list),
  );
  if (due.length === 0) return { patientId, outcome: 'nothing-due' };
  let outcome: ListResult['outcome'] = 'repeated';
  for (const slot of due) {
    try {
      const recorded = await recordForPerson(tools, { patientId, by, input: evidenceFor(list, slot.name) });
      if (recorded.outcome === 'changed') outcome = 'recorded';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { patientId, outcome: 'refused' };
    }
  }
  return { patientId, outcome };
}

/** Nobody has taken the evening's dose in the morning, whatever is ticked. */
function hasBegun(slot: { opensAt: string }, now: string, list: ClinicListInput): boolean {
  return slot.opensAt <= (list.watchedAt ?? now);
}

/** Without named slots a tick means what is open now; for a past day, everything of the day. */
function isOpen(slot: { opensAt: string; closesAt: string }, now: string, list: ClinicListInput): boolean {
  return hasBegun(slot, now, list) && ((list.watchedAt ?? now) < slot.closesAt || !list.inPerson);
}

function evidenceFor(list: ClinicListInput, slot: string): EvidenceInput {
  const common = { evidenceId: `${list.listId}.${slot}`, localDate: list.localDate, slot };
  const at = list.watchedAt;
  if (list.inPerson) {
    return { kind: 'watched', ...common, ...(at !== undefined && { watchedAt: at }), reason: list.reason };
  }
  return { kind: 'typed-later', ...common, ...(at !== undefined && { takenAt: at }), reason: list.reason ?? '' };
}
