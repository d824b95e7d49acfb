import { readAccessCard } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import type { Entry } from '../shared/table.ts';
import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { boxHeard } from '../treatment/box-heard.ts';
import { endAllocation, startAllocation } from './allocation-store.ts';
import { witnessOf } from './holdings.ts';
import type { Box, Holder, Ticket } from './items.ts';
import { readBox, readHolds } from './store.ts';
import { endTicket } from './tickets.ts';

export type AllocateBox = {
  readonly boxId: string;
  readonly patientId: string;
  /** When the box was handed over; now when absent. */
  readonly from?: Instant | undefined;
  readonly actorId: string;
  /** Only to a patient of this team. */
  readonly ofTeam?: string;
  /** Only while these hold: consent, treatment. */
  readonly checks?: readonly Entry[];
};

export type Allocated =
  | 'allocated'
  | 'already-theirs'
  | 'unknown-box'
  | 'other-facility'
  | 'not-active'
  | 'held'
  | 'has-box'
  | 'in-future'
  | 'too-early';

/**
 * Hands a box to a patient from an instant on. One box has one patient and one patient one box at a time, by the write; the
 * box must be of the patient's facility, and nobody may have held it after `from`. The same again changes nothing.
 */
export async function allocateBox(
  tools: Tools,
  ask: AllocateBox,
): Promise<{ readonly outcome: Allocated; readonly from: Instant }> {
  const { boxId, patientId, actorId, ofTeam, checks } = ask;
  const from = ask.from ?? tools.now();
  const [box, card] = await Promise.all([
    readBox(tools, boxId),
    readAccessCard(tools, { kind: 'patient', id: patientId }),
  ]);
  if (!box || !card || (ofTeam !== undefined && card.teamId !== ofTeam)) return { outcome: 'unknown-box', from };
  if (box.holder?.patientId === patientId) return { outcome: 'already-theirs', from: box.holder.from };
  const refusal = refusalOf(box, card.path, from, tools.now());
  if (refusal) return { outcome: refusal, from };
  const holder: Holder = { boxId, patientId, from, ...(card.teamId !== undefined && { teamId: card.teamId }) };
  const boxCard = { path: card.path, ...(card.teamId !== undefined && { teamId: card.teamId }) };
  if ((await startAllocation(tools, holder, boxCard, checks)) === 'conflict') {
    const holds = await readHolds(tools, patientId);
    if (holds?.boxId === boxId) return { outcome: 'already-theirs', from: holds.from };
    const after = await readAccessCard(tools, { kind: 'patient', id: patientId });
    if (after?.teamId !== card.teamId) return await allocateBox(tools, { ...ask, from });
    return { outcome: holds ? 'has-box' : 'held', from };
  }
  await auditBoth(tools, boxId, patientId, actorId, 'allocate box');
  return { outcome: 'allocated', from };
}

function refusalOf(box: Box, path: readonly string[], from: Instant, now: Instant): Allocated | undefined {
  if (box.profile.status !== 'active') return 'not-active';
  if (!path.includes(box.profile.facilityId)) return 'other-facility';
  if (box.holder) return 'held';
  if (from > now) return 'in-future';
  const lastTo = box.held.at(-1)?.to;
  return lastTo !== undefined && from < lastTo ? 'too-early' : undefined;
}

export type ReturnBox = {
  readonly patientId: string;
  /** When it was handed back; now when absent. */
  readonly at?: Instant | undefined;
  readonly actorId: string;
  readonly why?: string;
  /** Only the box that they have held since then. */
  readonly heldSince?: Instant;
};

/** Ends the stretch in which the patient holds their box. */
export async function returnBox(
  tools: Tools,
  { patientId, at: asked, actorId, why, heldSince }: ReturnBox,
): Promise<{ readonly outcome: 'returned' | 'holds-none' | 'in-future' | 'too-early'; readonly boxId?: string }> {
  const at = asked ?? tools.now();
  const holds = await readHolds(tools, patientId);
  if (!holds || (heldSince !== undefined && holds.from !== heldSince)) return { outcome: 'holds-none' };
  if (at > tools.now()) return { outcome: 'in-future' };
  if (at <= holds.from) return { outcome: 'too-early' };
  const ended = await endHolding(tools, holds.boxId, at, 'returned');
  if (ended === 'ended') await auditBoth(tools, holds.boxId, patientId, actorId, 'return box', why);
  return { outcome: ended === 'ended' ? 'returned' : 'holds-none', boxId: holds.boxId };
}

/** Takes the box out of its holder's hands: the stretch, the ticket, and what treatment knows of whom the box covers. */
export async function endHolding(
  tools: Tools,
  boxId: string,
  at: Instant,
  why: NonNullable<Ticket['closedBy']>,
): Promise<'ended' | 'nobody'> {
  const box = await readBox(tools, boxId);
  if (!box?.holder || (await endAllocation(tools, box.holder, at)) === 'conflict') return 'nobody';
  await endTicket(tools, box.ticket, why);
  const { patientId } = box.holder;
  const after = await readBox(tools, boxId);
  if (after) await boxHeard(tools, { patientId, witness: witnessOf(after, patientId), since: at });
  return 'ended';
}

export async function auditBoth(
  tools: Tools,
  boxId: string,
  patientId: string,
  actorId: string,
  action: string,
  why = 'care team',
): Promise<void> {
  const event = { actorId, action, outcome: 'allowed', why } as const;
  await audit(tools, { ...event, subjectId: patientId, ids: [boxId] });
  await audit(tools, { ...event, subjectId: boxId, ids: [patientId] });
}
