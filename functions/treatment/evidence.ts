import { secondsBetween } from '../shared/time.ts';
import type { EvidenceKind } from './evidence-shapes.ts';

/**
 * One piece of evidence, never changed after it was stored. Who took it back (a swapped box) and when is written beside
 * it, so that what we knew before stays askable.
 */
export type Evidence = {
  readonly id: string;
  readonly kind: EvidenceKind;
  /** When it happened: the box's corrected time, or what the person said. */
  readonly at: string;
  /** When it reached us. */
  readonly receivedAt: string;
  /** Absent for openings: their slot follows from their time. */
  readonly slot?: string;
  readonly author?: string;
  readonly role?: string;
  readonly watchedBy?: string;
  readonly reason?: string;
  readonly note?: string;
  readonly boxId?: string;
  readonly durationSeconds?: number;
  readonly clock?: 'good' | 'estimated';
  readonly movedAt?: string;
};

/** The stretch of time in which a patient held a box. */
export type Holding = { readonly boxId: string; readonly from: string; readonly to?: string };

/**
 * What a box has told by `receivedAt`: it has reported up to `heardThrough`, but for the stretches in `gaps` in which a
 * numbered event is missing. One that sleeps says nothing for `uploadIntervalHours`.
 */
export type BoxReport = {
  readonly boxId: string;
  readonly receivedAt: string;
  readonly heardThrough: string;
  readonly uploadIntervalHours: number;
  readonly gaps?: readonly { readonly from: string; readonly to: string }[];
};

/** A later report knows more; of two from one instant, the one that heard further, then the one with fewer gaps. */
export function newestReport(reports: readonly BoxReport[]): BoxReport | undefined {
  let found: BoxReport | undefined;
  for (const report of reports) if (!found || isNewer(report, found)) found = report;
  return found;
}

function isNewer(a: BoxReport, b: BoxReport): boolean {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt > b.receivedAt;
  if (a.heardThrough !== b.heardThrough) return a.heardThrough > b.heardThrough;
  const gaps = (report: BoxReport) => report.gaps ?? [];
  if (gaps(a).length !== gaps(b).length) return gaps(a).length < gaps(b).length;
  return JSON.stringify([gaps(a), a.uploadIntervalHours]) < JSON.stringify([gaps(b), b.uploadIntervalHours]);
}

export type Ignored = 'moved' | 'refill-visit' | 'same-moment';

/** By happening, then by id: an order that does not depend on how things arrived. */
export function inOrder(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) =>
    a.at === b.at ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.at < b.at ? -1 : 1,
  );
}

/** One entry per id: as we first received it, and taken back when either of two was. */
export function withoutRepeats(evidence: readonly Evidence[]): Evidence[] {
  const byId = new Map<string, Evidence>();
  for (const piece of evidence) {
    const known = byId.get(piece.id);
    const first = known && known.receivedAt <= piece.receivedAt ? known : piece;
    const movedAt = known?.movedAt ?? piece.movedAt;
    byId.set(piece.id, movedAt === undefined ? first : { ...first, movedAt });
  }
  return inOrder([...byId.values()]);
}

/**
 * Which evidence does not count, and why. Several openings at once (curiosity, refilling) are one candidate: an opening
 * within `sameMomentMinutes` of the one before, of the same box, is the same moment.
 */
export function ignoredEvidence(
  evidence: readonly Evidence[],
  refills: readonly { from: string; to: string }[],
  sameMomentMinutes: number,
): ReadonlyMap<string, Ignored> {
  const ignored = new Map<string, Ignored>();
  const lastOpening = new Map<string, string>();
  for (const piece of inOrder(evidence)) {
    if (piece.movedAt !== undefined) ignored.set(piece.id, 'moved');
    else if (piece.kind === 'opening') {
      if (refills.some((visit) => visit.from <= piece.at && piece.at <= visit.to)) {
        ignored.set(piece.id, 'refill-visit');
        continue;
      }
      const box = piece.boxId ?? '';
      const before = lastOpening.get(box);
      if (before !== undefined && secondsBetween(before, piece.at) <= sameMomentMinutes * 60)
        ignored.set(piece.id, 'same-moment');
      lastOpening.set(box, piece.at);
    }
  }
  return ignored;
}

/**
 * Watched by a person counts as observed only when that person wrote it down themselves on the same dosing day; anything
 * else is what somebody says they saw.
 */
export function isObserved(piece: Evidence, day: { readonly startsAt: string; readonly endsAt: string }): boolean {
  if (piece.kind === 'video-approved') return true;
  if (piece.kind !== 'watched') return false;
  const bySelf = piece.watchedBy === undefined || piece.watchedBy === piece.author;
  return bySelf && day.startsAt <= piece.receivedAt && piece.receivedAt < day.endsAt;
}

/** The later word counts; ids decide between two of the same instant. */
export function latest(evidence: readonly Evidence[]): Evidence | undefined {
  let found: Evidence | undefined;
  for (const piece of evidence) {
    if (!found || piece.receivedAt > found.receivedAt || (piece.receivedAt === found.receivedAt && piece.id > found.id))
      found = piece;
  }
  return found;
}
