import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type ChangedDay, loadDay, planFor } from './change-day.ts';
import type { Day } from './day-item.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { EvidenceInput } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { addEvidence, type NewEvidence } from './record-evidence.ts';
import { treatmentEnded } from './revise-plan.ts';

/** Who records. `staff` may watch, type and confirm; a patient or supporter tells. */
export type Recorder = { readonly userId: string; readonly role: string; readonly staff: boolean };

export type RecordForPerson = { readonly patientId: string; readonly by: Recorder; readonly input: EvidenceInput };
export type Recorded = ChangedDay & { readonly plan: MedicationPlan };

/** A patient may tell so far back: "your box was quiet 9–17 Nov. Tell us". Staff may go further, with a reason. */
const toldBackDays = 60;
const daySeconds = 24 * 3600;
const told: readonly EvidenceInput['kind'][] = ['taken', 'cannot-take'];

/**
 * Records what a person says or saw of a slot. Refuses the future, a slot that the day does not have, the time after
 * treatment ended, and what only staff may say. The same evidence id again is recorded once.
 */
export async function recordForPerson(tools: Tools, { patientId, by, input }: RecordForPerson): Promise<Recorded> {
  if (!by.staff && !told.includes(input.kind))
    throw new Refusal('forbidden', 'staff-only', 'Only staff may record this.');
  const known = await planFor(tools, patientId, input.localDate);
  const day = await loadDay(tools, patientId, input.localDate);
  if (!known || !day) throw notFound('plan');
  refuseWrongDay(known.plan, day, input, by, tools.now());
  const changed = await addEvidence(tools, { patientId, evidence: evidenceOf(input, by, day, tools.now()) });
  if (changed === 'no-plan') throw notFound('plan');
  if (by.staff && changed.outcome === 'changed') {
    await audit(tools, {
      subjectId: patientId,
      actorId: by.userId,
      actorRole: by.role,
      action: `record ${input.kind}`,
      outcome: 'allowed',
      why: 'care team',
      ids: [`${input.localDate}/${input.slot}`],
    });
  }
  return { ...changed, plan: known.plan };
}

function refuseWrongDay(plan: MedicationPlan, day: Day, input: EvidenceInput, by: Recorder, now: string): void {
  const today = dosingDateOf(plan, now);
  if (input.localDate > today) throw invalid('/localDate', 'This day has not come yet.');
  if (plan.stopped && input.localDate > plan.stopped.on) throw treatmentEnded();
  if (!day.facts.slots.some((slot) => slot.name === input.slot))
    throw invalid('/slot', 'Nothing is due in this slot on this day.');
  if (by.staff && !isItsTime(day, input, now))
    throw invalid(timeField(input), 'This time does not belong to the dose.');
  const age = (Date.parse(now) - Date.parse(day.facts.endsAt)) / 86_400_000;
  if (!by.staff && age > toldBackDays) throw invalid('/localDate', 'Too long ago. Tell the clinic.');
}

/**
 * A dose is taken on its day, the evening before or the morning after, and not in the future. Any other time is a wrong day,
 * which staff put right, or the wrong clock of a phone: what its owner says counts all the same, without that time.
 */
function isItsTime({ facts }: Day, input: EvidenceInput, now: string): boolean {
  const at = happened(input);
  if (at === undefined) return true;
  const isPast = Date.parse(at) <= Date.parse(now) + 300_000;
  return isPast && at >= addSeconds(facts.startsAt, -daySeconds) && at <= addSeconds(facts.endsAt, daySeconds);
}

const timeField = ({ kind }: EvidenceInput) => (kind === 'watched' ? '/watchedAt' : '/takenAt');

function happened(input: EvidenceInput): string | undefined {
  if (input.kind === 'watched') return input.watchedAt;
  return input.kind === 'taken' || input.kind === 'typed-later' ? input.takenAt : undefined;
}

function evidenceOf(input: EvidenceInput, by: Recorder, day: Day, now: string): NewEvidence {
  const slot = day.facts.slots.find((one) => one.name === input.slot);
  const isToday = day.facts.startsAt <= now && now < day.facts.endsAt;
  return {
    id: `p.${input.evidenceId}`,
    kind: input.kind,
    at: (isItsTime(day, input, now) && happened(input)) || (isToday ? now : (slot?.plannedAt ?? day.facts.startsAt)),
    receivedAt: now,
    localDate: input.localDate,
    slot: input.slot,
    author: by.userId,
    role: by.role,
    ...('reason' in input && input.reason !== undefined && { reason: input.reason }),
    ...('note' in input && input.note !== undefined && { note: input.note }),
    ...('found' in input && { note: input.found }),
    ...(input.kind === 'watched' && input.watchedBy !== undefined && { watchedBy: input.watchedBy }),
  };
}
