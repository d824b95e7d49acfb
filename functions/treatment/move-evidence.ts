import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';
import type { Day } from './day-item.ts';
import type { Evidence } from './evidence.ts';
import { dosingDateFor, recordEvidence } from './record-evidence.ts';
import { readDays } from './store.ts';
import { type Witness, withWitness } from './witness.ts';

/** The openings of one box in a stretch of time belong to somebody else. */
export type MoveEvidence = {
  readonly boxId: string;
  readonly fromPatientId: string;
  readonly toPatientId: string;
  readonly from: string;
  readonly to?: string;
  readonly author: string;
  readonly reason: string;
  /** What the boxes of each say after the correction: who held which box when. */
  readonly witness: { readonly [patientId: string]: Witness };
};

/**
 * Corrects a swap back-dated: the openings are added to whom they belong, then marked as moved where they stood, so that a
 * crash between loses none and a second run finds nothing left. Both patients' days are derived again and both audits
 * show it.
 */
export async function moveEvidence(
  tools: Tools,
  move: MoveEvidence,
): Promise<{ moved: number; days: readonly string[] }> {
  const first = addDays(move.from.slice(0, 10), -1);
  const last = addDays((move.to ?? tools.now()).slice(0, 10), 1);
  const touched = new Set<string>();
  let moved = 0;
  for (const { facts } of await readDays(tools, move.fromPatientId, first, last, { consistent: true })) {
    const ofDay = await moveDay(tools, move, facts);
    if (ofDay > 0) touched.add(facts.localDate);
    moved += ofDay;
  }
  for (const patientId of [move.fromPatientId, move.toPatientId])
    await witnessDays(tools, patientId, first, last, move);
  if (moved > 0) await auditBoth(tools, move, moved, [...touched]);
  return { moved, days: [...touched] };
}

/** Only what was given is marked; what arrived in between has its turn after that. */
async function moveDay(tools: Tools, move: MoveEvidence, facts: Day['facts']): Promise<number> {
  const given = facts.evidence.filter((piece) => isMeant(piece, move));
  if (given.length === 0) return 0;
  for (const piece of given) await giveTo(tools, move.toPatientId, piece);
  const movedAt = tools.now();
  const wasGiven = (piece: Evidence) => isMeant(piece, move) && given.some(({ id }) => id === piece.id);
  const changed = await changeDay(tools, move.fromPatientId, facts.localDate, (day) => {
    const evidence = day.facts.evidence.map((piece) => (wasGiven(piece) ? { ...piece, movedAt } : piece));
    return { ...day, facts: { ...day.facts, evidence } };
  });
  return given.length + (changed === 'no-plan' ? 0 : await moveDay(tools, move, changed.day.facts));
}

/** The other patient's day learns of it now. What had been moved away from them before comes back under an id of its own. */
async function giveTo(tools: Tools, patientId: string, piece: Evidence): Promise<void> {
  const localDate = await dosingDateFor(tools, patientId, piece.at);
  if (localDate === undefined) throw new Refusal('conflict', 'no-plan', 'The other patient has no plan.');
  const receivedAt = tools.now();
  await changeDay(tools, patientId, localDate, (day) => {
    const same = day.facts.evidence.filter((one) => one.id === piece.id || one.id.startsWith(`${piece.id}~`));
    if (same.some((one) => one.movedAt === undefined)) return undefined;
    const id = same.length === 0 ? piece.id : `${piece.id}~${same.length}`;
    return { ...day, facts: { ...day.facts, evidence: [...day.facts.evidence, { ...piece, id, receivedAt }] } };
  });
}

function isMeant(piece: Evidence, { boxId, from, to }: MoveEvidence): boolean {
  return (
    piece.kind === 'opening' &&
    piece.movedAt === undefined &&
    piece.boxId === boxId &&
    from <= piece.at &&
    (to === undefined || piece.at < to)
  );
}

/** Which box a patient held is the devices' truth: it replaces what the days had noted. */
async function witnessDays(
  tools: Tools,
  patientId: string,
  first: string,
  last: string,
  move: MoveEvidence,
): Promise<void> {
  const witness = move.witness[patientId];
  if (!witness) return;
  for (const { facts } of await readDays(tools, patientId, first, last)) {
    await changeDay(tools, patientId, facts.localDate, (day) => {
      const next = withWitness({ ...day.facts, holdings: [] }, witness);
      return JSON.stringify(next) === JSON.stringify(day.facts) ? undefined : { ...day, facts: next };
    });
  }
}

async function auditBoth(tools: Tools, move: MoveEvidence, moved: number, days: readonly string[]): Promise<void> {
  for (const [subjectId, action] of [
    [move.fromPatientId, `openings of a box moved away (${moved})`],
    [move.toPatientId, `openings of a box moved here (${moved})`],
  ] as const) {
    await audit(tools, {
      subjectId,
      actorId: move.author,
      action,
      outcome: 'allowed',
      why: 'care team',
      reason: move.reason,
      ids: [move.boxId, ...days],
    });
  }
}

/**
 * The time of an opening was corrected: it counts where it now belongs, and what we believed before stays visible. Without
 * `evidence` no time is believable any more and it is only taken back. Answers the id under which it counts now.
 */
export async function retimeOpening(
  tools: Tools,
  { patientId, evidenceId, was, evidence }: { patientId: string; evidenceId: string; was: string; evidence?: Evidence },
): Promise<string | undefined> {
  const now = tools.now();
  const [first, last] = [addDays(was.slice(0, 10), -2), addDays(was.slice(0, 10), 2)];
  const around = await readDays(tools, patientId, first, last, { consistent: true });
  const stored = around.find((day) => day.facts.evidence.some((piece) => piece.id === evidenceId));
  if (!stored) return undefined;
  const id = evidence && `${evidenceId}~${Date.parse(evidence.at).toString(36)}`;
  if (evidence && id !== undefined) await recordEvidence(tools, { patientId, evidence: { ...evidence, id } });
  await changeDay(tools, patientId, stored.facts.localDate, (day) => {
    if (!day.facts.evidence.some((piece) => piece.id === evidenceId && piece.movedAt === undefined)) return undefined;
    const pieces = day.facts.evidence.map((piece) => (piece.id === evidenceId ? { ...piece, movedAt: now } : piece));
    return { ...day, facts: { ...day.facts, evidence: pieces } };
  });
  return id;
}

/** A heartbeat has confirmed the clock by which an opening was timed: it is no estimate any more, whichever came first. */
export async function confirmOpening(
  tools: Tools,
  { patientId, evidenceId, at }: { readonly patientId: string; readonly evidenceId: string; readonly at: string },
): Promise<void> {
  const localDate = await dosingDateFor(tools, patientId, at);
  if (localDate === undefined) return;
  await changeDay(tools, patientId, localDate, (day) => {
    const isMeant = (piece: Evidence) => piece.id === evidenceId && piece.clock === 'estimated';
    if (!day.facts.evidence.some(isMeant)) return undefined;
    const evidence = day.facts.evidence.map((piece) => (isMeant(piece) ? { ...piece, clock: 'good' as const } : piece));
    return { ...day, facts: { ...day.facts, evidence } };
  });
}
