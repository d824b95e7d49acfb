import type { Tools } from '../shared/tools.ts';
import { patienceEnds } from './box-cover.ts';
import type { Day } from './day-item.ts';
import { evidenceView, type Reader, staffReader } from './day-view.ts';
import { type DaysRead, readStretch } from './days.ts';
import { dayAsKnownAt, derivationOf, deriveDay } from './derive-day.ts';
import type { Away } from './evidence-shapes.ts';
import { medicineOf } from './medicines.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { readAways, readPlans } from './store.ts';
import type { TimelineEntry } from './view-shapes.ts';

/** What happened and when we knew it, newest knowledge first: evidence, what silence came to mean, plan, away, refill. */
export async function timeline(
  tools: Tools,
  patientId: string,
  { from, to }: { from: string; to: string },
  reader: Reader = staffReader,
): Promise<TimelineEntry[]> {
  const now = tools.now();
  const [read, plans, aways] = await Promise.all([
    readStretch(tools, patientId, from, to),
    readPlans(tools, patientId),
    readAways(tools, patientId),
  ]);
  const entries = [
    ...read.flatMap((one) => entriesOfDay(one, now, reader)),
    ...plans.flatMap(entriesOfPlan),
    ...aways.flatMap(entriesOfAway),
  ];
  const inRange = entries.filter((entry) => {
    const date = entry.localDate ?? entry.happenedAt.slice(0, 10);
    return from <= date && date <= to;
  });
  // A patient's screen shows drawings, not the names of medicines.
  const shown = reader.staff ? inRange : inRange.map(({ author: _author, given: _given, ...entry }) => entry);
  return shown.sort((a, b) => (a.knownAt === b.knownAt ? (a.id < b.id ? 1 : -1) : a.knownAt < b.knownAt ? 1 : -1));
}

function entriesOfDay({ day }: DaysRead, now: string, reader: Reader): TimelineEntry[] {
  const derived = deriveDay(day.facts, now);
  const { localDate } = day.facts;
  const evidence = day.facts.evidence.map((piece): TimelineEntry => {
    const view = evidenceView(piece, derived.ignored, reader);
    const slot = derived.slots.find((one) => one.evidenceIds.includes(piece.id))?.name;
    return {
      id: `evidence:${localDate}:${piece.id}`,
      happenedAt: piece.at,
      knownAt: piece.receivedAt,
      what: 'evidence',
      localDate,
      ...(slot !== undefined && { slot }),
      evidence: view,
      ...(view.author !== undefined && { author: view.author }),
    };
  });
  const moved = day.facts.evidence.flatMap((piece): TimelineEntry[] =>
    piece.movedAt === undefined
      ? []
      : [
          {
            id: `moved:${localDate}:${piece.id}`,
            happenedAt: piece.at,
            knownAt: piece.movedAt,
            what: 'moved',
            localDate,
          },
        ],
  );
  return [...evidence, ...moved, ...statusEntries(day, now)];
}

/**
 * When a slot came to mean something that no evidence says: not opened, box silent, missed. The instants at which that
 * could become known are the end of the window, each report of a box, and where patience with a silent one ends.
 */
function statusEntries(day: Day, now: string): TimelineEntry[] {
  const { facts } = day;
  const policy = derivationOf(facts);
  const entries: TimelineEntry[] = [];
  for (const [index, slot] of facts.slots.entries()) {
    const reported = facts.reports.map((report) => report.receivedAt);
    const silences = patienceEnds(slot, facts.holdings, facts.reports, policy);
    const instants = [slot.closesAt, ...reported, ...silences, now]
      .filter((at) => slot.closesAt <= at && at <= now)
      .sort();
    let before: string | undefined;
    for (const at of instants) {
      const found = deriveDay(dayAsKnownAt(facts, at), at).slots[index];
      if (!found || found.status === before) continue;
      before = found.status;
      if (!['shut', 'silent', 'missed', 'waiting'].includes(found.status)) continue;
      entries.push({
        id: `status:${facts.localDate}:${slot.name}:${found.status}`,
        happenedAt: slot.closesAt,
        knownAt: at,
        what: 'status',
        localDate: facts.localDate,
        slot: slot.name,
        status: found.status,
        ...(found.detail && { detail: found.detail }),
      });
    }
  }
  return entries;
}

function entriesOfPlan(plan: MedicationPlan): TimelineEntry[] {
  const versions = plan.versions.map(
    (version): TimelineEntry => ({
      id: `plan:${plan.planId}:${version.n}`,
      happenedAt: version.authoredOn,
      knownAt: version.authoredOn,
      what: 'plan',
      localDate: version.from,
      about: version.reason ?? plan.title,
      author: version.author,
    }),
  );
  const holds = plan.holds.map(
    (hold): TimelineEntry => ({
      id: `hold:${hold.id}`,
      happenedAt: hold.at,
      knownAt: hold.at,
      what: 'hold',
      localDate: hold.from,
      about: hold.reason,
      author: hold.author,
    }),
  );
  const refills = plan.refills.map(
    (refill): TimelineEntry => ({
      id: `refill:${refill.id}`,
      happenedAt: refill.from <= refill.at && refill.at <= refill.to ? refill.at : refill.from,
      knownAt: refill.at,
      what: 'refill',
      localDate: refill.localDate,
      about: String(refill.given.reduce((sum, one) => sum + one.pills, 0)),
      given: refill.given.map(({ medicine, pills }) => ({ name: nameOf(medicine), pills })),
      author: refill.author,
    }),
  );
  const { stopped } = plan;
  const stop = stopped
    ? [
        {
          id: `stop:${plan.planId}`,
          happenedAt: stopped.at,
          knownAt: stopped.at,
          what: 'stop' as const,
          localDate: stopped.on,
          about: stopped.reason,
          author: stopped.author,
        },
      ]
    : [];
  return [...versions, ...holds, ...refills, ...stop];
}

function nameOf(code: string): string {
  const medicine = medicineOf(code);
  return medicine ? `${medicine.name} ${medicine.strength}` : code;
}

function entriesOfAway(away: Away): TimelineEntry[] {
  const begun: TimelineEntry = {
    id: `away:${away.awayId}`,
    happenedAt: away.at,
    knownAt: away.at,
    what: 'away',
    localDate: away.from,
    about: away.reason,
    author: away.author,
  };
  if (away.to === undefined || away.endedAt === undefined) return [begun];
  const ended: TimelineEntry = {
    id: `away-end:${away.awayId}`,
    happenedAt: away.endedAt,
    knownAt: away.endedAt,
    what: 'away',
    localDate: away.to,
    about: away.backWithBox ? 'back-with-box' : 'back-without-box',
    ...(away.endedBy !== undefined && { author: away.endedBy }),
  };
  return [begun, ended];
}
