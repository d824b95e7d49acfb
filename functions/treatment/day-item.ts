import * as z from 'zod/mini';
import { epochMilliseconds, toInstant } from '../shared/time.ts';
import type { DayFacts, DerivedDay } from './derive-day.ts';
import { doseStatuses, type StatusDetail, type StatusKey, statusDetails, statusOfLetter } from './dose-status.ts';
import type { BoxReport, Evidence, Holding } from './evidence.ts';
import { EvidenceKind, evidenceKinds } from './evidence-shapes.ts';

/**
 * The patient-day as stored: facts, what followed from them when it was last written, and what has been told. Attribute
 * names are one or two letters and times are numbers, so that an ordinary day stays below 1 kB (one write unit).
 */
const StoredEvidence = z.object({
  k: z.int(), // kind, index into evidenceKinds
  a: z.int(), // happened, epoch ms
  r: z.int(), // received, epoch ms
  s: z.optional(z.string()),
  u: z.optional(z.string()), // author
  o: z.optional(z.string()), // author's role
  w: z.optional(z.string()), // watched by
  y: z.optional(z.string()), // reason
  n: z.optional(z.string()),
  b: z.optional(z.string()), // box
  d: z.optional(z.number()), // seconds
  c: z.optional(z.int()), // 1: estimated clock
  m: z.optional(z.int()), // moved away, epoch ms
});

const StoredSlot = z.object({
  n: z.string(),
  p: z.int(), // planned
  o: z.int(), // opens
  c: z.int(), // closes
  f: z.int(), // 1 in the box, 2 critical
  h: z.optional(z.int()), // hold recorded
  s: z.string(), // status letter when last written
  d: z.optional(z.int()), // detail, index into statusDetails
});

const StoredDay = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  pl: z.string(),
  pv: z.string(),
  s: z.int(),
  e: z.int(),
  sl: z.array(StoredSlot),
  ev: z.record(z.string(), StoredEvidence),
  hb: z.optional(z.array(z.object({ i: z.string(), f: z.int(), t: z.optional(z.int()) }))),
  br: z.optional(
    z.array(
      z.object({ i: z.string(), r: z.int(), h: z.int(), u: z.number(), g: z.optional(z.array(z.array(z.int()))) }),
    ),
  ),
  aw: z.optional(z.object({ i: z.string(), r: z.string(), a: z.int() })),
  rf: z.optional(z.array(z.array(z.int()))),
  told: z.optional(z.record(z.string(), z.string())),
  hr: z.optional(z.object({ by: z.string(), at: z.string(), before: z.optional(z.string()) })),
});
type StoredDay = z.infer<typeof StoredDay>;

/** A day with what is needed to write it back. `version` 0: not stored yet. */
export type Day = {
  readonly facts: DayFacts;
  readonly planId: string;
  readonly version: number;
  /** As last written: what others read without deriving. */
  readonly written: readonly { readonly name: string; readonly status: StatusKey; readonly detail?: StatusDetail }[];
  readonly told: Readonly<Record<string, string>>;
  readonly heard?: { readonly by: string; readonly at: string; readonly before?: string | undefined };
};

const ms = epochMilliseconds;

/** Parses a stored day; anything else in the partition is refused by its shape. */
export const DayItem = z.pipe(StoredDay, z.transform(fromStored));

function fromStored(item: StoredDay): Day {
  return {
    planId: item.pl,
    version: item.version,
    told: item.told ?? {},
    ...(item.hr && { heard: item.hr }),
    written: item.sl.map((slot) => ({
      name: slot.n,
      status: statusOfLetter(slot.s) ?? 'yet',
      ...withDetail(slot.d === undefined ? undefined : statusDetails[slot.d]),
    })),
    facts: {
      localDate: item.sk.slice('DAY#'.length),
      startsAt: toInstant(item.s),
      endsAt: toInstant(item.e),
      policyVersion: item.pv,
      slots: item.sl.map((slot) => ({
        name: slot.n,
        plannedAt: toInstant(slot.p),
        opensAt: toInstant(slot.o),
        closesAt: toInstant(slot.c),
        inBox: (slot.f & 1) > 0,
        critical: (slot.f & 2) > 0,
        ...(slot.h !== undefined && { heldAt: toInstant(slot.h) }),
      })),
      evidence: Object.entries(item.ev).map(([id, stored]) => evidenceFrom(id, stored)),
      holdings: (item.hb ?? []).map((box) => ({
        boxId: box.i,
        from: toInstant(box.f),
        ...(box.t !== undefined && { to: toInstant(box.t) }),
      })),
      reports: (item.br ?? []).map(reportFrom),
      refills: (item.rf ?? []).map(([from = 0, to = 0, at = 0]) => ({
        from: toInstant(from),
        to: toInstant(to),
        at: toInstant(at),
      })),
      ...(item.aw && { away: { awayId: item.aw.i, reason: item.aw.r, at: toInstant(item.aw.a) } }),
    },
  };
}

function evidenceFrom(id: string, stored: z.infer<typeof StoredEvidence>): Evidence {
  return {
    id,
    kind: z.parse(EvidenceKind, evidenceKinds[stored.k]),
    at: toInstant(stored.a),
    receivedAt: toInstant(stored.r),
    ...(stored.s !== undefined && { slot: stored.s }),
    ...(stored.u !== undefined && { author: stored.u }),
    ...(stored.o !== undefined && { role: stored.o }),
    ...(stored.w !== undefined && { watchedBy: stored.w }),
    ...(stored.y !== undefined && { reason: stored.y }),
    ...(stored.n !== undefined && { note: stored.n }),
    ...(stored.b !== undefined && { boxId: stored.b }),
    ...(stored.d !== undefined && { durationSeconds: stored.d }),
    ...(stored.k === 0 && { clock: stored.c === 1 ? ('estimated' as const) : ('good' as const) }),
    ...(stored.m !== undefined && { movedAt: toInstant(stored.m) }),
  };
}

function reportFrom(stored: NonNullable<StoredDay['br']>[number]): BoxReport {
  return {
    boxId: stored.i,
    receivedAt: toInstant(stored.r),
    heardThrough: toInstant(stored.h),
    uploadIntervalHours: stored.u,
    ...(stored.g && { gaps: stored.g.map(([from = 0, to = 0]) => ({ from: toInstant(from), to: toInstant(to) })) }),
  };
}

/** The item to write for a day and what was derived of it. */
export function toItem(patientId: string, day: Day, derived: DerivedDay) {
  const { facts } = day;
  return {
    pk: `PAT#${patientId}`,
    sk: `DAY#${facts.localDate}`,
    kind: 'day',
    v: 1,
    version: day.version + 1,
    pl: day.planId,
    pv: facts.policyVersion,
    s: ms(facts.startsAt),
    e: ms(facts.endsAt),
    sl: facts.slots.map((slot, index) => {
      const result = derived.slots[index];
      return {
        n: slot.name,
        p: ms(slot.plannedAt),
        o: ms(slot.opensAt),
        c: ms(slot.closesAt),
        f: (slot.inBox ? 1 : 0) | (slot.critical ? 2 : 0),
        s: doseStatuses[result?.status ?? 'yet'].letter,
        ...(result?.detail && { d: statusDetails.indexOf(result.detail) }),
        ...(slot.heldAt !== undefined && { h: ms(slot.heldAt) }),
      };
    }),
    ev: Object.fromEntries(facts.evidence.map((piece) => [piece.id, storedEvidence(piece)])),
    ...(facts.holdings.length > 0 && { hb: facts.holdings.map(storedHolding) }),
    ...(facts.reports.length > 0 && { br: facts.reports.map(storedReport) }),
    ...(facts.away && { aw: { i: facts.away.awayId, r: facts.away.reason, a: ms(facts.away.at) } }),
    ...(facts.refills.length > 0 && { rf: facts.refills.map((visit) => [ms(visit.from), ms(visit.to), ms(visit.at)]) }),
    ...(Object.keys(day.told).length > 0 && { told: day.told }),
    ...(day.heard && { hr: day.heard }),
  };
}

function storedEvidence(piece: Evidence) {
  return {
    k: evidenceKinds.indexOf(piece.kind),
    a: ms(piece.at),
    r: ms(piece.receivedAt),
    ...(piece.slot !== undefined && { s: piece.slot }),
    ...(piece.author !== undefined && { u: piece.author }),
    ...(piece.role !== undefined && { o: piece.role }),
    ...(piece.watchedBy !== undefined && { w: piece.watchedBy }),
    ...(piece.reason !== undefined && { y: piece.reason }),
    ...(piece.note !== undefined && { n: piece.note }),
    ...(piece.boxId !== undefined && { b: piece.boxId }),
    ...(piece.durationSeconds !== undefined && { d: piece.durationSeconds }),
    ...(piece.clock === 'estimated' && { c: 1 }),
    ...(piece.movedAt !== undefined && { m: ms(piece.movedAt) }),
  };
}

function storedHolding(holding: Holding) {
  return { i: holding.boxId, f: ms(holding.from), ...(holding.to !== undefined && { t: ms(holding.to) }) };
}

function storedReport(report: BoxReport) {
  return {
    i: report.boxId,
    r: ms(report.receivedAt),
    h: ms(report.heardThrough),
    u: report.uploadIntervalHours,
    ...(report.gaps && report.gaps.length > 0 && { g: report.gaps.map((gap) => [ms(gap.from), ms(gap.to)]) }),
  };
}

function withDetail(detail: StatusDetail | undefined): { detail?: StatusDetail } {
  return detail === undefined ? {} : { detail };
}
