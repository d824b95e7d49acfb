import { addSeconds, secondsBetween } from '../shared/time.ts';
import { type BoxReport, type Holding, newestReport } from './evidence.ts';

/** What the box can say about a closed window that it did not open in. */
export type BoxWord = 'shut' | 'waiting' | 'silent' | 'box-gap' | 'no-box';

export type CoverPolicy = {
  /** A box is late after so many upload intervals. */
  readonly silentAfterIntervals: number;
  /** A hand-over of boxes may take so long. */
  readonly handOverMinutes: number;
};

type Window = { readonly plannedAt: string; readonly closesAt: string };

/**
 * A slot is *not opened* only when the patient held a box from its planned time to its end, and every such box has
 * reported past its part of the window with no gap. Until it could have spoken it is *waiting*; when it is later than
 * twice its upload interval it is *silent*; when it speaks but what it says has a hole, it is waiting for the hole as
 * long, and then a *gap*. Without a box that covers the window nobody can know.
 */
export function boxWord(
  window: Window,
  holdings: readonly Holding[],
  reports: readonly BoxReport[],
  now: string,
  policy: CoverPolicy,
): BoxWord {
  const parts = coveringParts(window, holdings, policy.handOverMinutes);
  if (!parts) return 'no-box';
  const words = parts.map((part) => wordOfBox(part, reports, now, policy));
  for (const word of ['silent', 'box-gap', 'waiting'] as const) if (words.includes(word)) return word;
  return 'shut';
}

/** When what a box is taken to say can change although nothing is heard: one millisecond after patience with it ends. */
export function patienceEnds(
  window: Window,
  holdings: readonly Holding[],
  reports: readonly BoxReport[],
  policy: CoverPolicy,
): string[] {
  const parts = coveringParts(window, holdings, policy.handOverMinutes) ?? [];
  return parts.flatMap(({ boxId, from, to }) => {
    const heard = reports.filter((report) => report.boxId === boxId);
    return [undefined, ...heard].flatMap((report) => {
      const after = patienceSeconds(report, policy) + 0.001;
      return [report?.receivedAt ?? from, to].map((at) => addSeconds(at, after));
    });
  });
}

type Part = { readonly boxId: string; readonly from: string; readonly to: string };

function coveringParts(window: Window, holdings: readonly Holding[], handOverMinutes: number): Part[] | undefined {
  const parts: Part[] = [];
  let covered = window.plannedAt;
  for (const holding of [...holdings].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const to = holding.to !== undefined && holding.to < window.closesAt ? holding.to : window.closesAt;
    if (to <= covered || holding.from >= window.closesAt) continue;
    if (holding.from > addSeconds(covered, handOverMinutes * 60)) return undefined;
    parts.push({ boxId: holding.boxId, from: covered, to });
    covered = to;
  }
  return parts.length > 0 && covered >= window.closesAt ? parts : undefined;
}

function wordOfBox(part: Part, reports: readonly BoxReport[], now: string, policy: CoverPolicy): BoxWord {
  const newest = newestReport(reports.filter((report) => report.boxId === part.boxId && report.receivedAt <= now));
  const hasGap = newest?.gaps?.some((gap) => gap.from < part.to && gap.to > part.from) ?? false;
  const heardToTheEnd = newest !== undefined && newest.heardThrough >= part.to;
  if (heardToTheEnd && !hasGap) return 'shut';
  const patience = patienceSeconds(newest, policy);
  const lastHeardAt = newest?.receivedAt ?? part.from;
  if (!heardToTheEnd && secondsBetween(lastHeardAt, now) > patience) return 'silent';
  return lastHeardAt >= part.to && secondsBetween(part.to, now) > patience ? 'box-gap' : 'waiting';
}

/** A box that never reported may be one that uploads twice a day, and was alive when it was handed over. */
function patienceSeconds(newest: BoxReport | undefined, policy: CoverPolicy): number {
  return (newest?.uploadIntervalHours ?? 12) * 3600 * policy.silentAfterIntervals;
}
