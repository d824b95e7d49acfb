import { readAccessCard } from '../shared/access-store.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { moveEvidence } from '../treatment/move-evidence.ts';
import type { Witness } from '../treatment/witness.ts';
import { auditBoth } from './allocate.ts';
import type { SwapAnswer } from './contract.ts';
import { witnessOf } from './holdings.ts';
import type { Box, Holder } from './items.ts';
import { forgetWindowEnd, readBox } from './store.ts';
import { writeSwap } from './swap-store.ts';
import { endTicket } from './tickets.ts';

export type CorrectSwap = {
  readonly boxA: string;
  readonly boxB: string;
  /** Since when each patient has really had the other's box. */
  readonly since: Instant;
  readonly actorId: string;
};

type HeldBox = Box & { readonly holder: Holder };

/**
 * Two patients took each other's boxes. Corrects it back-dated: both histories, then the openings, then both patients' days;
 * both audits show it. The histories change in one transaction; doing it again finds them changed and finishes the rest.
 */
export async function correctSwap(
  tools: Tools,
  { boxA, boxB, since: asked, actorId }: CorrectSwap,
): Promise<SwapAnswer> {
  const [a, b] = [await heldBox(tools, boxA), await heldBox(tools, boxB)];
  if (boxA === boxB || a.holder.patientId === b.holder.patientId)
    throw new Refusal('invalid', 'same-holder', 'Name two boxes that two patients hold.');
  if (asked > tools.now()) throw new Refusal('invalid', 'in-future', 'A swap lies in the past.');
  const before = correctedBefore(a, b, asked);
  const since = before ? before.since : latestOf(asked, a.holder.from, b.holder.from);
  if (!before) await rewriteHistories(tools, a, b, since, actorId);
  const moved = await moveOpenings(tools, { boxA, boxB, since, actorId });
  return { outcome: before ? 'already-corrected' : 'corrected', moved };
}

async function heldBox(tools: Tools, boxId: string): Promise<HeldBox> {
  const box = await readBox(tools, boxId);
  if (!box) throw new Refusal('not-found', 'box-not-found', 'There is no such box.');
  const { holder } = box;
  if (!holder) throw new Refusal('conflict', 'box-not-held', 'Nobody holds this box.');
  return { ...box, holder };
}

/** The same correction, made before: what is left to do is done again. */
function correctedBefore(a: HeldBox, b: HeldBox, asked: Instant): { since: Instant } | undefined {
  const [lastA, lastB] = [a.held.at(-1), b.held.at(-1)];
  const pair = lastA?.swappedWith === b.profile.boxId && lastB?.swappedWith === a.profile.boxId;
  return pair && lastA.from === lastB.from && asked <= lastA.from ? { since: lastA.from } : undefined;
}

async function rewriteHistories(tools: Tools, a: HeldBox, b: HeldBox, since: Instant, actorId: string): Promise<void> {
  const [cardOfA, cardOfB] = await Promise.all(
    [a, b].map((box) => readAccessCard(tools, { kind: 'patient', id: box.holder.patientId })),
  );
  if (!cardOfA || !cardOfB) throw new Refusal('not-found', 'patient-not-found', 'There is no such patient.');
  const swap = [
    {
      before: a.holder,
      after: { ...b.holder, boxId: a.profile.boxId, from: since },
      card: cardOfB,
      other: b.profile.boxId,
    },
    {
      before: b.holder,
      after: { ...a.holder, boxId: b.profile.boxId, from: since },
      card: cardOfA,
      other: a.profile.boxId,
    },
  ] as const;
  if ((await writeSwap(tools, swap)) === 'conflict')
    throw new Refusal('conflict', 'box-changed', 'Somebody else is changing these boxes.');
  for (const box of [a, b]) {
    await endTicket(tools, box.ticket, 'swapped');
    await forgetWindowEnd(tools, box.profile.boxId);
  }
  await auditBoth(tools, a.profile.boxId, b.holder.patientId, actorId, 'correct swapped boxes');
  await auditBoth(tools, b.profile.boxId, a.holder.patientId, actorId, 'correct swapped boxes');
}

/** Each box's openings since then go to who really had it. */
async function moveOpenings(tools: Tools, { boxA, boxB, since, actorId }: CorrectSwap): Promise<SwapAnswer['moved']> {
  const [a, b] = [await heldBox(tools, boxA), await heldBox(tools, boxB)];
  const [hasA, hasB] = [a.holder.patientId, b.holder.patientId];
  const witness = { [hasA]: bothWitness(a, b, hasA), [hasB]: bothWitness(a, b, hasB) };
  const move = { from: since, author: actorId, reason: 'boxes were swapped', witness };
  const ofA = await moveEvidence(tools, { ...move, boxId: boxA, fromPatientId: hasB, toPatientId: hasA });
  const ofB = await moveEvidence(tools, { ...move, boxId: boxB, fromPatientId: hasA, toPatientId: hasB });
  return [
    { patientId: hasA, given: ofA.moved, taken: ofB.moved },
    { patientId: hasB, given: ofB.moved, taken: ofA.moved },
  ];
}

function bothWitness(a: Box, b: Box, patientId: string): Witness {
  const [one, other] = [witnessOf(a, patientId), witnessOf(b, patientId)];
  return { holdings: [...one.holdings, ...other.holdings], reports: [...one.reports, ...other.reports] };
}

function latestOf(...instants: readonly Instant[]): Instant {
  return [...instants].sort().at(-1) ?? '';
}
