import { type BoxWord, boxWord, type CoverPolicy } from './box-cover.ts';
import type { StatusDetail, StatusKey } from './dose-status.ts';
import {
  type BoxReport,
  type Evidence,
  type Holding,
  type Ignored,
  ignoredEvidence,
  isObserved,
  latest,
  withoutRepeats,
} from './evidence.ts';

/** What a day's slots are judged by. A new version re-derives nothing by itself: old days keep the version they had. */
export type DerivationPolicy = CoverPolicy & { readonly version: string; readonly sameMomentMinutes: number };

const derivationPolicies: Readonly<Record<string, DerivationPolicy>> = {
  d1: { version: 'd1', sameMomentMinutes: 15, silentAfterIntervals: 2, handOverMinutes: 30 },
};
export const currentDerivation = 'd1';

export type SlotFacts = {
  readonly name: string;
  readonly plannedAt: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly inBox: boolean;
  readonly critical: boolean;
  /** When the hold that covers it was recorded. */
  readonly heldAt?: string;
};

/** All that a day's statuses follow from, beside the time. */
export type DayFacts = {
  readonly localDate: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly policyVersion: string;
  readonly slots: readonly SlotFacts[];
  readonly evidence: readonly Evidence[];
  readonly holdings: readonly Holding[];
  readonly reports: readonly BoxReport[];
  readonly away?: { readonly awayId: string; readonly reason: string; readonly at: string };
  readonly refills: readonly { readonly from: string; readonly to: string; readonly at: string }[];
};

export type DerivedSlot = {
  readonly name: string;
  readonly status: StatusKey;
  readonly detail?: StatusDetail;
  readonly evidenceIds: readonly string[];
};

export type DerivedDay = {
  readonly slots: readonly DerivedSlot[];
  readonly ignored: ReadonlyMap<string, Ignored>;
  /** Evidence that no slot can use. */
  readonly unmatched: readonly string[];
};

/** The policy by which a day is judged. */
export function derivationOf({ policyVersion }: Pick<DayFacts, 'policyVersion'>): DerivationPolicy {
  const policy = derivationPolicies[policyVersion] ?? derivationPolicies[currentDerivation];
  if (!policy) throw new Error('the current derivation policy is missing');
  return policy;
}

type Verdict = { readonly status: StatusKey; readonly detail?: StatusDetail };

/**
 * The statuses of a day: a pure function of its facts, the policy and the time. Any order and repetition of evidence
 * and reports gives the same day. Ranking (domain 2.9): in person or approved video > staff with a reason > box opening in
 * its window > self-report > what silence implies. Evidence found late never erases what was known: it is added.
 */
export function deriveDay(facts: DayFacts, now: string): DerivedDay {
  const policy = derivationOf(facts);
  const evidence = withoutRepeats(facts.evidence);
  const ignored = ignoredEvidence(evidence, facts.refills, policy.sameMomentMinutes);
  const perSlot = new Map<string, Evidence[]>(facts.slots.map((slot) => [slot.name, []]));
  const unmatched: string[] = [];
  for (const piece of evidence) {
    const name = piece.slot ?? slotAt(facts.slots, piece.at);
    const mine = name === undefined ? undefined : perSlot.get(name);
    if (mine) mine.push(piece);
    else unmatched.push(piece.id);
  }
  const slots = facts.slots.map((slot) => {
    const mine = perSlot.get(slot.name) ?? [];
    const counted = mine.filter((piece) => !ignored.has(piece.id));
    return { name: slot.name, ...judge(slot, counted, facts, policy, now), evidenceIds: mine.map((piece) => piece.id) };
  });
  return { slots, ignored, unmatched };
}

/** The day as it stood at an instant: only what had reached us by then, judged by the clock of then. */
export function dayAsKnownAt(facts: DayFacts, at: string): DayFacts {
  const { away, ...rest } = facts;
  return {
    ...rest,
    slots: facts.slots.map(({ heldAt, ...slot }) =>
      heldAt !== undefined && heldAt <= at ? { ...slot, heldAt } : slot,
    ),
    evidence: facts.evidence
      .filter((piece) => piece.receivedAt <= at)
      .map(({ movedAt, ...piece }) => (movedAt !== undefined && movedAt <= at ? { ...piece, movedAt } : piece)),
    reports: facts.reports.filter((report) => report.receivedAt <= at),
    refills: facts.refills.filter((refill) => refill.at <= at),
    ...(away && away.at <= at && { away }),
  };
}

/** Windows of a day touch; what lies outside all of them (a re-planned day) goes to the nearest end. */
function slotAt(slots: readonly SlotFacts[], at: string): string | undefined {
  const inside = slots.find((slot) => slot.opensAt <= at && at < slot.closesAt);
  if (inside) return inside.name;
  const first = slots[0];
  return first && at < first.opensAt ? first.name : slots.at(-1)?.name;
}

function judge(
  slot: SlotFacts,
  evidence: readonly Evidence[],
  facts: DayFacts,
  policy: DerivationPolicy,
  now: string,
): Verdict {
  const taken = takenVerdict(slot, evidence, facts);
  if (slot.heldAt !== undefined) {
    return taken && taken.status !== 'missed' ? { status: 'hold', detail: 'taken-while-held' } : { status: 'hold' };
  }
  if (taken) return taken;
  const open = now < slot.closesAt;
  if (latest(ofKinds(evidence, ['taken', 'cannot-take']))?.kind === 'cannot-take')
    return { status: open ? 'yet' : 'missed', detail: 'cannot-take' };
  if (facts.away) return { status: 'away' };
  if (open) return { status: 'yet' };
  if (evidence.some((piece) => piece.kind === 'video-rejected')) return { status: 'silent', detail: 'contradicted' };
  if (!slot.inBox) return { status: 'silent', detail: 'no-box' };
  return ofBox(boxWord(slot, facts.holdings, facts.reports, now, policy));
}

/** What people and openings say about the dose; undefined when nobody and nothing says anything that counts. */
function takenVerdict(slot: SlotFacts, evidence: readonly Evidence[], facts: DayFacts): Verdict | undefined {
  if (evidence.some((piece) => isObserved(piece, facts))) return { status: 'seen' };
  const staff = latest(ofKinds(evidence, ['watched', 'typed-later', 'not-taken', 'opened-not-taken']));
  const opening = strongestOpening(slot, evidence, staff);
  if (staff?.kind === 'opened-not-taken') return { status: 'missed' };
  // Staff could not know of an opening that arrived after they wrote "not taken" (design 4.6: late evidence counts).
  if (staff?.kind === 'not-taken' && !(opening && opening.receivedAt > staff.receivedAt)) return { status: 'missed' };
  if (opening) {
    return opening.receivedAt > slot.closesAt ? { status: 'opened', detail: 'arrived-late' } : { status: 'opened' };
  }
  if (staff) return { status: 'said', detail: 'typed-later' };
  if (evidence.some((piece) => piece.kind === 'video-rejected')) return undefined;
  const self = latest(ofKinds(evidence, ['taken', 'cannot-take']));
  if (self?.kind === 'taken') return { status: 'said' };
  if (!self && evidence.some((piece) => piece.kind === 'pocket-dose')) return { status: 'said', detail: 'pocket-dose' };
  return undefined;
}

/** The opening that we knew first. One that a rejected video contradicts speaks only when staff vouches for the dose. */
function strongestOpening(slot: SlotFacts, evidence: readonly Evidence[], staff: Evidence | undefined) {
  if (!slot.inBox) return undefined;
  const vouched = staff?.kind === 'watched' || staff?.kind === 'typed-later';
  if (!vouched && evidence.some((piece) => piece.kind === 'video-rejected')) return undefined;
  const openings = ofKinds(evidence, ['opening']);
  return [...openings].sort((a, b) =>
    a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : 1) : a.receivedAt < b.receivedAt ? -1 : 1,
  )[0];
}

function ofBox(word: BoxWord): Verdict {
  if (word === 'no-box' || word === 'box-gap') return { status: 'silent', detail: word };
  return { status: word };
}

function ofKinds(evidence: readonly Evidence[], kinds: readonly Evidence['kind'][]): Evidence[] {
  return evidence.filter((piece) => kinds.includes(piece.kind));
}
