import { metric } from '../shared/metrics.ts';
import { addSeconds, type Instant, toInstant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { boxHeard } from '../treatment/box-heard.ts';
import { isSilent } from './box-condition.ts';
import { type Received, spokenBy, withQuarantined } from './box-state.ts';
import { heldWithin, uploadIntervalOf, witnessOf } from './holdings.ts';
import type { Box } from './items.ts';
import { entryOfRecord, type Why } from './quarantine-entry.ts';
import { putQuarantined } from './quarantine-store.ts';
import { settleUnsettled } from './settle.ts';
import { readBox, writeState } from './store.ts';
import { type EventOutcome, takeIn } from './take-in.ts';
import { readTelemetry, type TelemetryRecord } from './telemetry.ts';
import { settleTicket } from './tickets.ts';

const attempts = 8;

/**
 * Takes in what one box sent, in any order and however often: openings become evidence of whoever held the box then, the rest
 * says how far and how well the box speaks. What cannot be believed is set aside with its reason, never dropped.
 */
export async function recordTelemetry(
  tools: Tools,
  boxId: string,
  records: readonly TelemetryRecord[],
): Promise<readonly EventOutcome[]> {
  const received: Received[] = [];
  const unreadable: { record: TelemetryRecord; why: Why }[] = [];
  for (const record of records) {
    const read = readTelemetry(record);
    const receivedAt = toInstant(record.receivedAt);
    if (read.ok) for (const event of read.events) received.push({ event, receivedAt });
    else unreadable.push({ record, why: read });
  }
  let box = await readBox(tools, boxId);
  for (const { record, why } of unreadable) await setAside(tools, box, record, why);
  const aside: EventOutcome[] = unreadable.map(() => 'quarantined');
  if (!box) {
    const why: Why = { reason: 'unknown-box', detail: 'No box of this code is registered.' };
    const readable = records.filter((record) => unreadable.every((one) => one.record !== record));
    for (const record of readable) await setAside(tools, undefined, record, why);
    return records.map(() => 'quarantined');
  }
  const troubledAt = greatest(unreadable.map(({ record }) => toInstant(record.receivedAt)));
  for (let attempt = 0; attempt < attempts; attempt++) {
    const outcomes = await takeInOnce(tools, box, received, troubledAt);
    if (outcomes !== 'conflict') return [...outcomes, ...aside];
    await new Promise((done) => setTimeout(done, 10 * 2 ** attempt * (0.5 + Math.random())));
    box = (await readBox(tools, boxId)) ?? box;
  }
  throw new Error('the state of a box changed too often to be written');
}

/** One try over the state that was read. The write comes last: whatever was not written is done again, and changes nothing. */
async function takeInOnce(
  tools: Tools,
  box: Box,
  received: readonly Received[],
  troubledAt: Instant | undefined,
): Promise<readonly EventOutcome[] | 'conflict'> {
  const taken = await takeIn(tools, box, received);
  const settled = await settleUnsettled(tools, box, taken.state);
  const state = troubledAt === undefined ? settled : withQuarantined(settled, troubledAt);
  if (state === box.state) return taken.outcomes;
  const { version } = box.state;
  const after: Box = { ...box, state: { ...state, version } };
  const heardAnew = taken.outcomes.some((outcome) => outcome !== 'repeated');
  if (heardAnew) await settleTicket(tools, after, true);
  const nextWindowEnd = heardAnew ? await tellTreatment(tools, box, after, received) : state.nextWindowEnd;
  const next = { ...state, ...(nextWindowEnd !== undefined && { nextWindowEnd }) };
  return (await writeState(tools, box.profile.boxId, next, version)) === 'stored' ? taken.outcomes : 'conflict';
}

/**
 * Whoever held the box in the time that it has now spoken of: their slots may be known to be shut, or missing no longer. Between
 * two ends of windows a heartbeat has nothing to tell. Answers when it will have.
 */
async function tellTreatment(
  tools: Tools,
  before: Box,
  after: Box,
  received: readonly Received[],
): Promise<Instant | undefined> {
  const was = spokenBy(before.state);
  if (!hasNews(before, was, after)) return before.state.nextWindowEnd;
  const fortnightAgo = addSeconds(tools.now(), -15 * 24 * 3600);
  const oldest = least(received.map(({ event }) => toInstant(Date.parse(event.deviceTime)))) ?? fortnightAgo;
  const since =
    greatest([fortnightAgo, least([was.heardThrough ?? fortnightAgo, oldest]) ?? fortnightAgo]) ?? fortnightAgo;
  const patients = new Set(heldWithin(before.held, since, tools.now()).map((held) => held.patientId));
  let next: Instant | undefined;
  for (const patientId of patients) {
    const told = await boxHeard(tools, { patientId, witness: witnessOf(after, patientId), since });
    if (patientId === before.holder?.patientId) next = told.nextWindowEnd;
  }
  return next;
}

function hasNews(before: Box, was: ReturnType<typeof spokenBy>, after: Box): boolean {
  const is = spokenBy(after.state);
  const { nextWindowEnd, heardAt } = before.state;
  if (nextWindowEnd === undefined || heardAt === undefined || is.heardThrough === undefined) return true;
  if (is.heardThrough >= nextWindowEnd || JSON.stringify(was.gaps) !== JSON.stringify(is.gaps)) return true;
  const silence = { lastHeardAt: heardAt, heldFrom: undefined, uploadIntervalHours: uploadIntervalOf(before) };
  return after.state.heardAt !== undefined && isSilent(silence, after.state.heardAt);
}

async function setAside(tools: Tools, box: Box | undefined, record: TelemetryRecord, why: Why): Promise<void> {
  const entry = entryOfRecord(record, box?.profile.path ?? [], why);
  if ((await putQuarantined(tools, entry)) === 'stored') tools.metric(metric.quarantinedTelemetry, 1, 'Count');
}

function least(instants: readonly Instant[]): Instant | undefined {
  return [...instants].sort()[0];
}

function greatest(instants: readonly Instant[]): Instant | undefined {
  return [...instants].sort().at(-1);
}
