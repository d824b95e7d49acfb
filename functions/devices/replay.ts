import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { boxHeard } from '../treatment/box-heard.ts';
import { type BoxState, countSeq, judgeIn, withOpened, withUnsettled } from './box-state.ts';
import type { ReplayAnswer } from './contract.ts';
import { witnessOf } from './holdings.ts';
import type { Box } from './items.ts';
import type { Quarantined } from './quarantine-entry.ts';
import { readQuarantined, resolveQuarantined } from './quarantine-store.ts';
import { recordTelemetry } from './record-telemetry.ts';
import { readBox, writeState } from './store.ts';
import { recordOpening } from './take-in.ts';
import { readTelemetry } from './telemetry.ts';
import type { TelemetryEvent } from './telemetry-shapes.ts';

type Opening = Extract<TelemetryEvent, { kind: 'opening' }>;
type Resolve = { readonly quarantineId: string; readonly actorId: string };

/**
 * Tries an entry again: the box may be registered, allocated or set right by now. `acceptEstimate` takes our estimate for the
 * time that the box's clock could not give. What still cannot be believed stays where it is.
 */
export async function replay(
  tools: Tools,
  { quarantineId, actorId, acceptEstimate }: Resolve & { readonly acceptEstimate?: boolean | undefined },
): Promise<{ outcome: ReplayAnswer['outcome']; entry: Quarantined }> {
  const entry = await openEntry(tools, quarantineId);
  const opening = openingOf(entry);
  const outcome = opening
    ? await replayOpening(tools, entry, opening, acceptEstimate ?? false)
    : await replayMessage(tools, entry);
  if (outcome === 'quarantined') return { outcome, entry };
  return { outcome, entry: await resolve(tools, entry, 'replayed', actorId) };
}

/** A person says that there is nothing in it. An event's number counts from now on: it leaves no gap. */
export async function dismiss(tools: Tools, { quarantineId, actorId }: Resolve): Promise<Quarantined> {
  const entry = await openEntry(tools, quarantineId);
  const opening = openingOf(entry);
  if (opening) await changeState(tools, entry.boxId, (state) => withoutDoubt(state, entry, opening));
  return await resolve(tools, entry, 'dismissed', actorId);
}

async function openEntry(tools: Tools, quarantineId: string): Promise<Quarantined> {
  const entry = await readQuarantined(tools, quarantineId);
  if (!entry) throw new Refusal('not-found', 'quarantine-entry-not-found', 'There is no such entry.');
  if (entry.state !== 'open') throw dealtWith();
  return entry;
}

function dealtWith(): Refusal {
  return new Refusal('conflict', 'entry-resolved', 'Somebody has dealt with this already.');
}

/** The one opening of an entry that was read before; a message that could not be read has none. */
function openingOf(entry: Quarantined): Opening | undefined {
  if (entry.seq === undefined) return undefined;
  const read = readTelemetry({ body: entry.body, boxId: entry.boxId, receivedAt: Date.parse(entry.receivedAt) });
  const event = read.ok ? read.events[0] : undefined;
  return event?.kind === 'opening' ? event : undefined;
}

async function replayMessage(tools: Tools, entry: Quarantined): Promise<ReplayAnswer['outcome']> {
  const { body, boxId, clientId } = entry;
  const record = { body, boxId, ...(clientId !== undefined && { clientId }), receivedAt: Date.parse(entry.receivedAt) };
  if (!readTelemetry(record).ok || !(await readBox(tools, boxId))) return 'quarantined';
  const outcomes = await recordTelemetry(tools, boxId, [record]);
  return (['recorded', 'noted', 'repeated'] as const).find((one) => outcomes.includes(one)) ?? 'noted';
}

async function replayOpening(
  tools: Tools,
  entry: Quarantined,
  opening: Opening,
  acceptEstimate: boolean,
): Promise<'recorded' | 'quarantined'> {
  const box = await readBox(tools, entry.boxId);
  if (!box) return 'quarantined';
  const judged = judgeIn(box.state, opening, entry.receivedAt);
  const accepted = acceptEstimate
    ? (entry.estimatedAt ?? (judged.kind === 'impossible' ? judged.estimatedAt : undefined))
    : undefined;
  const believed = accepted === undefined ? judged : ({ kind: 'known', at: accepted, clock: 'estimated' } as const);
  if (believed.kind === 'impossible') return 'quarantined';
  if ((await recordOpening(tools, box, opening, believed, entry.receivedAt)) !== 'recorded') return 'quarantined';
  const after = await changeState(tools, entry.boxId, (state) =>
    withOpened(withoutDoubt(state, entry, opening), believed.at),
  );
  const { patientId } =
    box.held.find((one) => one.from <= believed.at && (one.to === undefined || believed.at < one.to)) ?? {};
  if (after && patientId !== undefined)
    await boxHeard(tools, { patientId, witness: witnessOf(after, patientId), since: believed.at });
  return 'recorded';
}

function withoutDoubt(state: BoxState, entry: Quarantined, opening: Opening): BoxState {
  const counted = countSeq(state, { event: opening, receivedAt: entry.receivedAt });
  const others = (state.unsettled ?? []).filter((one) => one.bootId !== opening.bootId || one.seq !== opening.seq);
  return withUnsettled(counted, others);
}

async function changeState(
  tools: Tools,
  boxId: string,
  change: (state: BoxState) => BoxState,
): Promise<Box | undefined> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const box = await readBox(tools, boxId);
    if (!box) return undefined;
    const { version, ...state } = box.state;
    const next = change(state);
    if ((await writeState(tools, boxId, next, version)) === 'stored') return { ...box, state: { ...next, version } };
  }
  throw new Refusal('conflict', 'box-changed', 'The box is speaking. Try again.');
}

async function resolve(
  tools: Tools,
  entry: Quarantined,
  state: 'replayed' | 'dismissed',
  actorId: string,
): Promise<Quarantined> {
  const resolved: Quarantined = { ...entry, state, resolvedAt: tools.now(), resolvedBy: actorId };
  if ((await resolveQuarantined(tools, resolved)) === 'conflict') throw dealtWith();
  const action = state === 'replayed' ? 'replay quarantined telemetry' : 'dismiss quarantined telemetry';
  await audit(tools, {
    subjectId: entry.boxId,
    actorId,
    action,
    outcome: 'allowed',
    why: 'administrator',
    ids: [entry.quarantineId],
  });
  return resolved;
}
