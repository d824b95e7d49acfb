import { isDeepStrictEqual } from 'node:util';
import { needAgreed } from '../identity/consents.ts';
import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type AllocateBox, type Allocated, allocateBox } from './allocate.ts';

/** Hands a box to a patient who agrees to have one, in the moment of the write too: whoever has just taken that back gets none. */
export async function giveBox(
  tools: Tools,
  ask: AllocateBox,
): Promise<{ readonly outcome: Allocated; readonly from: Instant }> {
  const agreed = await needAgreed(tools, ask.patientId, 'box');
  const given = await allocateBox(tools, { ...ask, checks: [...(ask.checks ?? []), agreed] });
  if (given.outcome === 'allocated' || given.outcome === 'already-theirs') return given;
  // What failed may be the consent: taken back, or changed in something else.
  const now = await needAgreed(tools, ask.patientId, 'box');
  return isDeepStrictEqual(now, agreed) ? given : await giveBox(tools, ask);
}
