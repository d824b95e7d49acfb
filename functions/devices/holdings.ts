import { type Instant, toInstant } from '../shared/time.ts';
import type { Witness } from '../treatment/witness.ts';
import { spokenBy } from './box-state.ts';
import type { Box, Held } from './items.ts';

/** Gaps of so many stretches are told; a box with more has long been a case for the workshop. */
const gapsTold = 6;

/** Who held the box at an instant: by the stretch of the allocation, both ends checked. */
export function heldAt(held: readonly Held[], instant: Instant): Held | undefined {
  return held.find((one) => one.from <= instant && (one.to === undefined || instant < one.to));
}

/** The stretches that overlap a time: who must hear that the box has now spoken of it. */
export function heldWithin(held: readonly Held[], from: Instant, to: Instant): readonly Held[] {
  return held.filter((one) => one.from <= to && (one.to === undefined || one.to >= from));
}

export function uploadIntervalOf(box: Pick<Box, 'state' | 'settings' | 'profile'>): number {
  return box.state.interval?.[0] ?? box.settings?.uploadIntervalHours ?? box.profile.uploadIntervalHours;
}

/** What one box can say for one patient: when they held it, and how far it has spoken. */
export function witnessOf(box: Box, patientId: string): Witness {
  const { heardThrough, gaps } = spokenBy(box.state);
  const boxId = box.profile.boxId;
  return {
    holdings: box.held
      .filter((one) => one.patientId === patientId)
      .map(({ from, to }) => ({ boxId, from, ...(to !== undefined && { to }) })),
    reports:
      box.state.heardAt === undefined
        ? []
        : [
            {
              boxId,
              receivedAt: box.state.heardAt,
              // A box whose clock stands in another year is heard, but of no time.
              heardThrough: heardThrough ?? toInstant(0),
              uploadIntervalHours: uploadIntervalOf(box),
              ...(gaps.length > 0 && { gaps: gaps.slice(-gapsTold) }),
            },
          ],
  };
}
