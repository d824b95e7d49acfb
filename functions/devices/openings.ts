import type { Instant } from '../shared/time.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

/** What treatment needs of an opening to weigh it: its identity, its time and how sure it is, and how long the lid was up. */
export type OpeningFacts = {
  readonly id: string;
  readonly boxId: string;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly clock: 'good' | 'estimated';
  readonly durationSeconds?: number;
};

type Opening = Extract<TelemetryEvent, { kind: 'opening' }>;

/**
 * The facts of one opening. Its id is the box, the boot and the number, so that a repeat is the same evidence. Which of several
 * openings at once counts, and whether it was a refill visit, is decided where the day is derived: by times, not by arrival.
 */
export function openingFacts(
  boxId: string,
  event: Pick<Opening, 'bootId' | 'seq' | 'durationMs'>,
  judged: { readonly at: Instant; readonly clock: 'good' | 'estimated' },
  receivedAt: Instant,
): OpeningFacts {
  return {
    id: openingId(boxId, event.bootId, event.seq),
    boxId,
    at: judged.at,
    receivedAt,
    clock: judged.clock,
    ...(event.durationMs !== undefined && { durationSeconds: Math.round(event.durationMs / 1000) }),
  };
}

export function openingId(boxId: string, bootId: string, seq: number): string {
  return `${boxId}.${bootId}.${seq}`;
}
