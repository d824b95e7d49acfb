import { addSeconds, type Instant } from '../shared/time.ts';
import { silentFrom } from './box-condition.ts';

export type IncidentPolicy = {
  readonly version: string;
  /** Opens above this share of the facility's held boxes. */
  readonly opensAboveShare: number;
  /** Closes at or below this share: not the same figure, so that it does not flicker. */
  readonly closesAtShare: number;
  /** Boxes that fell silent within so many hours fell silent together. */
  readonly windowHours: number;
  /** After so long the few that stay silent are dead boxes, each with its own ticket, and not the facility's matter. */
  readonly settledAfterHours: number;
  /** One or two boxes are never an incident, however small the facility. */
  readonly leastBoxes: number;
};

export const incidentPolicy: IncidentPolicy = {
  version: 'i2',
  opensAboveShare: 0.2,
  closesAtShare: 0.1,
  windowHours: 24,
  settledAfterHours: 72,
  leastBoxes: 3,
};

export type WatchedBox = {
  readonly boxId: string;
  readonly lastHeardAt?: Instant | undefined;
  readonly heldFrom: Instant;
  readonly uploadIntervalHours: number;
};

/** The boxes that fell silent within one window before now, and are silent still. */
export function fellSilentTogether(boxes: readonly WatchedBox[], now: Instant, policy = incidentPolicy): string[] {
  const windowStart = addSeconds(now, -policy.windowHours * 3600);
  return boxes
    .filter((box) => {
      const from = silentFrom(box);
      return from !== undefined && from < now && from >= windowStart;
    })
    .map((box) => box.boxId)
    .sort();
}

/** Is what we see a facility's matter rather than many patients'? More than a fifth of its boxes in one window (issue 6). */
export function isIncident(together: number, all: number, policy = incidentPolicy): boolean {
  return together >= policy.leastBoxes && together > all * policy.opensAboveShare;
}

/** Have enough of the incident's boxes come back? After three days it is enough that they are fewer than would open one. */
export function isOver(stillSilent: number, all: number, openForHours: number, policy = incidentPolicy): boolean {
  const share = openForHours < policy.settledAfterHours ? policy.closesAtShare : policy.opensAboveShare;
  return stillSilent <= all * share;
}
