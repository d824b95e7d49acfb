import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { confirmOpening, retimeOpening } from '../treatment/move-evidence.ts';
import { type BoxState, countSeq, judgeIn, type Unsettled, withOpened, withUnsettled } from './box-state.ts';
import { clockToleranceMs, type Judged } from './clock.ts';
import { heldAt } from './holdings.ts';
import type { Box } from './items.ts';
import { openingFacts } from './openings.ts';
import { readQuarantined, resolveQuarantined } from './quarantine-store.ts';
import { quarantineOpening, recordOpening } from './take-in.ts';

/**
 * A heartbeat may tell, minutes after an opening, that the box's clock was wrong. Openings whose time was in doubt are judged
 * again: placed, moved, or taken back into quarantine. Without it the day would depend on which message came first.
 */
export async function settleUnsettled(tools: Tools, box: Box, state: BoxState): Promise<BoxState> {
  const before = state.unsettled ?? [];
  let settled = state;
  const still: Unsettled[] = [];
  for (const one of before) {
    const result = await settleOne(tools, box, settled, one);
    settled = result.state;
    if (result.still) still.push(result.still);
  }
  const same =
    settled === state && still.length === before.length && still.every((one, index) => one === before[index]);
  return same ? state : withUnsettled(settled, still);
}

/** A correction that has stood for three days of heartbeats stands. */
const doubtSeconds = 3 * 24 * 3600;

type Settled = { readonly state: BoxState; readonly still?: Unsettled };
type Known = Extract<Judged, { kind: 'known' }>;

async function settleOne(tools: Tools, box: Box, state: BoxState, one: Unsettled): Promise<Settled> {
  const judged = judgeIn(state, one, one.receivedAt);
  if (one.at === undefined)
    return judged.kind === 'known' ? await place(tools, box, state, one, judged) : { state, still: one };
  if (judged.kind === 'impossible') return await takeBack(tools, box, state, one, judged);
  const isRight = Math.abs(Date.parse(judged.at) - Date.parse(one.at)) <= clockToleranceMs;
  if (!isRight) return await retime(tools, box, state, one, judged);
  if (judged.clock === 'good' && !judged.unchecked) await vouch(tools, box, one, one.at);
  return confirmed(state, one, judged);
}

/** What was recorded as an estimate was right. */
async function vouch(tools: Tools, box: Box, { evidenceId }: Unsettled, at: string): Promise<void> {
  const holder = heldAt(box.held, at);
  if (holder && evidenceId !== undefined) await confirmOpening(tools, { patientId: holder.patientId, evidenceId, at });
}

/** From quarantine to whoever held the box then. */
async function place(tools: Tools, box: Box, state: BoxState, one: Unsettled, judged: Known): Promise<Settled> {
  const recorded = await recordOpening(tools, box, one, judged, one.receivedAt);
  if (recorded !== 'recorded') return { state, still: one };
  if (one.quarantineId !== undefined) await release(tools, one.quarantineId);
  const { quarantineId: _released, ...rest } = one;
  const evidenceId = openingFacts(box.profile.boxId, one, judged, one.receivedAt).id;
  return confirmed(state, { ...rest, at: judged.at, evidenceId }, judged);
}

/** The time is right as far as we know: the number counts, and a good clock ends the doubt. */
function confirmed(state: BoxState, one: Unsettled, judged: Known): Settled {
  if (judged.unchecked) return { state, still: one };
  const event = { v: 1 as const, kind: 'opening' as const, ...one };
  const known = withOpened(countSeq(state, { event, receivedAt: one.receivedAt }), judged.at);
  const next = JSON.stringify(known) === JSON.stringify(state) ? state : known;
  const old = secondsBetween(one.receivedAt, state.heardAt ?? one.receivedAt) > doubtSeconds;
  return judged.clock === 'good' || old ? { state: next } : { state: next, still: one };
}

async function retime(tools: Tools, box: Box, state: BoxState, one: Unsettled, judged: Known): Promise<Settled> {
  const was = one.at ?? judged.at;
  const [then, now] = [heldAt(box.held, was), heldAt(box.held, judged.at)];
  if (!then || now?.patientId !== then.patientId) return await takeBack(tools, box, state, one, nobodys(judged));
  const evidence = { kind: 'opening' as const, ...openingFacts(box.profile.boxId, one, judged, one.receivedAt) };
  const ids = { patientId: then.patientId, evidenceId: one.evidenceId ?? evidence.id };
  const evidenceId = await retimeOpening(tools, { ...ids, was, evidence });
  return confirmed(state, { ...one, at: judged.at, evidenceId: evidenceId ?? ids.evidenceId }, judged);
}

async function takeBack(
  tools: Tools,
  box: Box,
  state: BoxState,
  one: Unsettled,
  judged: Extract<Judged, { kind: 'impossible' }>,
): Promise<Settled> {
  const { at, evidenceId, ...rest } = one;
  const holder = at === undefined ? undefined : heldAt(box.held, at);
  const event = { v: 1 as const, kind: 'opening' as const, ...rest };
  const why = { reason: 'impossible-time' as const, ...judged };
  const quarantineId = await quarantineOpening(tools, box, event, one.receivedAt, why);
  if (holder && at !== undefined && evidenceId !== undefined)
    await retimeOpening(tools, { patientId: holder.patientId, evidenceId, was: at });
  return { state, still: { ...rest, quarantineId } };
}

function nobodys(judged: Known): Extract<Judged, { kind: 'impossible' }> {
  return { kind: 'impossible', detail: 'At its corrected time somebody else held the box.', estimatedAt: judged.at };
}

async function release(tools: Tools, quarantineId: string): Promise<void> {
  const entry = await readQuarantined(tools, quarantineId);
  if (entry?.state !== 'open') return;
  await resolveQuarantined(tools, {
    ...entry,
    state: 'replayed',
    resolvedAt: tools.now(),
    resolvedBy: 'the box’s own clock',
  });
}
