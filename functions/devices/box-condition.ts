import { addSeconds, type Instant } from '../shared/time.ts';
import type { BoxCondition } from './contract.ts';
import { batteryMillivolts } from './ticket-shapes.ts';

/** A box may sleep one interval and lose one upload to the network; after two it is silent (domain 3.2). */
export const silentAfterIntervals = 2;
/** Of a box that never said how often it uploads. */
export const defaultUploadIntervalHours = 12;

export type BoxFacts = {
  readonly status: 'active' | 'lost' | 'retired';
  readonly hasCertificate: boolean;
  readonly lastHeardAt?: Instant | undefined;
  readonly uploadIntervalHours: number;
  readonly batteryMillivolts?: number | undefined;
  /** Since when somebody waits for its words: the allocation, when it was never heard since. */
  readonly heldFrom?: Instant | undefined;
};

/** When the box counts as silent if nothing comes; undefined while nobody holds it and it was never heard. */
export function silentFrom(
  facts: Pick<BoxFacts, 'lastHeardAt' | 'heldFrom' | 'uploadIntervalHours'>,
): Instant | undefined {
  const { lastHeardAt, heldFrom } = facts;
  const since =
    lastHeardAt === undefined || (heldFrom !== undefined && heldFrom > lastHeardAt) ? heldFrom : lastHeardAt;
  return since === undefined ? undefined : addSeconds(since, facts.uploadIntervalHours * silentAfterIntervals * 3600);
}

export function isSilent(facts: Parameters<typeof silentFrom>[0], now: Instant): boolean {
  const from = silentFrom(facts);
  return from !== undefined && now > from;
}

export function batteryState(millivolts: number | undefined): 'ok' | 'low' | 'unknown' {
  if (millivolts === undefined) return 'unknown';
  return millivolts < batteryMillivolts.low ? 'low' : 'ok';
}

/** The one word for a box: what cannot be helped first, then what needs a person, then what can wait. */
export function boxCondition(facts: BoxFacts, now: Instant): BoxCondition {
  if (facts.status !== 'active') return facts.status;
  if (!facts.hasCertificate) return 'revoked';
  if (facts.heldFrom !== undefined && isSilent(facts, now)) return facts.lastHeardAt ? 'silent' : 'never-heard';
  if (facts.lastHeardAt === undefined) return 'never-heard';
  return batteryState(facts.batteryMillivolts) === 'low' ? 'battery-low' : 'ok';
}
