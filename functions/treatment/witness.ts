import type { DayFacts } from './derive-day.ts';
import type { BoxReport, Holding } from './evidence.ts';

/** What the boxes of a patient can say: which one was held when, and what each has told. */
export type Witness = { readonly holdings: readonly Holding[]; readonly reports: readonly BoxReport[] };

/** More reports than this of one day teach nothing about what was known when. */
const reportsKept = 8;

/**
 * Adds what the boxes say to a day. Holdings are the devices' truth and replace what stood there for the same box and
 * start; of the reports those in the middle are dropped first.
 */
export function withWitness(facts: DayFacts, witness: Witness): DayFacts {
  const holdings = new Map<string, Holding>();
  for (const one of [...facts.holdings, ...witness.holdings]) holdings.set(`${one.boxId} ${one.from}`, one);
  const touching = [...holdings.values()].filter(
    (one) => one.from < facts.endsAt && (one.to === undefined || one.to > facts.startsAt),
  );
  const reports = new Map(facts.reports.map((one) => [`${one.boxId} ${one.receivedAt}`, one]));
  for (const one of witness.reports) reports.set(`${one.boxId} ${one.receivedAt}`, ofThisDay(one, facts));
  const sorted = [...reports.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return { ...facts, holdings: touching, reports: [...sorted.slice(0, 2), ...sorted.slice(2).slice(2 - reportsKept)] };
}

function ofThisDay(report: BoxReport, facts: DayFacts): BoxReport {
  const { gaps = [], ...rest } = report;
  const mine = gaps.filter((gap) => gap.from < facts.endsAt && gap.to > facts.startsAt);
  return mine.length > 0 ? { ...rest, gaps: mine } : rest;
}
