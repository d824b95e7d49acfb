import { metric } from '../shared/metrics.ts';
import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { retimeOpening } from '../treatment/move-evidence.ts';
import { recordEvidence } from '../treatment/record-evidence.ts';
import {
  type BoxState,
  countSeq,
  foldFacts,
  isKnown,
  judgeIn,
  type Received,
  type Unsettled,
  withOpened,
  withQuarantined,
  withUnsettled,
} from './box-state.ts';
import { heldAt } from './holdings.ts';
import type { Box } from './items.ts';
import { openingFacts, openingId } from './openings.ts';
import { entryOfEvent, type Why } from './quarantine-entry.ts';
import { putQuarantined } from './quarantine-store.ts';
import { readBox, readHolder } from './store.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

export type EventOutcome = 'recorded' | 'noted' | 'repeated' | 'quarantined';
export type TakenIn = { readonly state: BoxState; readonly outcomes: readonly EventOutcome[] };

type Opening = Extract<TelemetryEvent, { kind: 'opening' }>;

/**
 * Takes in what a box sent: first all that the events say of its clock, then each opening by that clock. What it does outside
 * (evidence, quarantine) is idempotent and happens before the state is written, so that a crash in between only repeats it.
 */
export async function takeIn(tools: Tools, box: Box, received: readonly Received[]): Promise<TakenIn> {
  const fresh = firstOfEach(received).filter(({ event }) => !isKnown(box.state, event));
  const outcomes: EventOutcome[] = received.slice(fresh.length).map(() => 'repeated');
  let state: BoxState = box.state;
  for (const one of fresh) state = foldFacts(state, one);
  for (const one of fresh) {
    if (one.event.kind === 'opening') {
      const taken = await takeOpening(tools, box, state, one.event, one.receivedAt);
      state = taken.state;
      outcomes.push(taken.outcome);
    } else {
      state = countSeq(state, one);
      outcomes.push('noted');
    }
  }
  return { state, outcomes };
}

/** The same event twice in one delivery: as it was received first. */
function firstOfEach(received: readonly Received[]): readonly Received[] {
  const first = new Map<string, Received>();
  for (const one of received) {
    const id = `${one.event.bootId} ${one.event.seq}`;
    const known = first.get(id);
    if (!known || one.receivedAt < known.receivedAt) first.set(id, one);
  }
  return [...first.values()].sort((a, b) => a.event.seq - b.event.seq);
}

type Taken = { readonly state: BoxState; readonly outcome: EventOutcome };

async function takeOpening(
  tools: Tools,
  box: Box,
  state: BoxState,
  event: Opening,
  receivedAt: Instant,
): Promise<Taken> {
  const judged = judgeIn(state, event, receivedAt);
  if (judged.kind === 'impossible') {
    const why: Why = { reason: 'impossible-time', ...judged };
    return await setAside(tools, box, state, { event, receivedAt }, why, 'may be settled');
  }
  const recorded = await recordOpening(tools, box, event, judged, receivedAt);
  const settled = judged.clock === 'good' ? 'settled' : 'may be settled';
  if (recorded !== 'recorded') return await setAside(tools, box, state, { event, receivedAt }, recorded, settled);
  return { state: counted(box.profile.boxId, state, { event, receivedAt }, judged), outcome: 'recorded' };
}

type Known = Extract<ReturnType<typeof judgeIn>, { kind: 'known' }>;

/** An opening that was recorded. One whose time nothing has confirmed yet leaves its number open, as if it might be elsewhere. */
function counted(boxId: string, state: BoxState, one: Received & { event: Opening }, judged: Known): BoxState {
  const opened = withOpened(judged.unchecked ? state : countSeq(state, one), judged.at);
  if (judged.clock === 'good') return opened;
  const evidenceId = openingId(boxId, one.event.bootId, one.event.seq);
  return hold(opened, { ...heldFacts(one.event, one.receivedAt), at: judged.at, evidenceId });
}

/**
 * Gives the opening to whoever held the box then; or says why it is nobody's. Asked again once it is given: a history that was
 * corrected in that moment has moved what stood there before, and this would stay with the wrong person.
 */
export async function recordOpening(
  tools: Tools,
  box: Box,
  event: Pick<Opening, 'bootId' | 'seq' | 'durationMs'>,
  judged: { readonly at: Instant; readonly clock: 'good' | 'estimated' },
  receivedAt: Instant,
): Promise<'recorded' | Why> {
  const holder = heldAt(box.held, judged.at);
  if (!holder) {
    const reason = judged.clock === 'good' || box.held.length === 0 ? 'unallocated' : 'impossible-time';
    return { reason, detail: 'Nobody held the box then.', estimatedAt: judged.at };
  }
  const evidence = { kind: 'opening' as const, ...openingFacts(box.profile.boxId, event, judged, receivedAt) };
  const { patientId } = holder;
  const outcome = await recordEvidence(tools, { patientId, evidence });
  const changed = outcome === 'recorded' && (await changedHistory(tools, box));
  if (changed && heldAt(changed.held, judged.at)?.patientId !== patientId) {
    await retimeOpening(tools, { patientId, evidenceId: evidence.id, was: judged.at });
    return await recordOpening(tools, changed, event, judged, receivedAt);
  }
  if (outcome !== 'no-plan') return 'recorded';
  return { reason: 'unallocated', detail: 'Whoever held the box has no plan.', estimatedAt: judged.at };
}

async function changedHistory(tools: Tools, { profile: { boxId }, holder }: Box): Promise<Box | undefined> {
  const now = await readHolder(tools, boxId);
  const isSame = now?.patientId === holder?.patientId && now?.from === holder?.from;
  return isSame ? undefined : await readBox(tools, boxId);
}

/**
 * Keeps an opening that nobody can have yet. One with a right clock counts as said: it leaves no gap. One whose time is in
 * doubt does not: until it is settled nobody may conclude from the box's silence.
 */
async function setAside(
  tools: Tools,
  box: Box,
  state: BoxState,
  one: Received & { readonly event: Opening },
  why: Why,
  settled: 'settled' | 'may be settled',
): Promise<Taken> {
  const quarantineId = await quarantineOpening(tools, box, one.event, one.receivedAt, why);
  const aside =
    settled === 'settled'
      ? countSeq(state, one)
      : hold(state, { ...heldFacts(one.event, one.receivedAt), quarantineId });
  return { state: withQuarantined(aside, one.receivedAt), outcome: 'quarantined' };
}

/** Answers the id of the entry, which a repeat of the same event finds again. */
export async function quarantineOpening(
  tools: Tools,
  box: Box,
  event: Opening,
  receivedAt: Instant,
  why: Why,
): Promise<string> {
  const entry = entryOfEvent(box.profile.boxId, event, receivedAt, box.profile.path, why);
  if ((await putQuarantined(tools, entry)) === 'stored') tools.metric(metric.quarantinedTelemetry, 1, 'Count');
  return entry.quarantineId;
}

function heldFacts(event: Opening, receivedAt: Instant): Unsettled {
  const { bootId, seq, deviceTime, uptimeMs, durationMs } = event;
  return {
    bootId,
    seq,
    deviceTime,
    receivedAt,
    ...(uptimeMs !== undefined && { uptimeMs }),
    ...(durationMs !== undefined && { durationMs }),
  };
}

function hold(state: BoxState, unsettled: Unsettled): BoxState {
  return withUnsettled(state, [...(state.unsettled ?? []), unsettled]);
}
