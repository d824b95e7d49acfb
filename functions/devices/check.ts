import { metric } from '../shared/metrics.ts';
import { type Instant, secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { isSilent, silentFrom } from './box-condition.ts';
import { uploadIntervalOf } from './holdings.ts';
import { fellSilentTogether, incidentPolicy, isIncident, isOver, type WatchedBox } from './incident.ts';
import { archiveIncident, putIncident, readIncident } from './incident-store.ts';
import type { Box, Incident } from './items.ts';
import { facilityPage, readBox, readBoxes } from './store.ts';
import { raiseTicket } from './tickets.ts';

export type BoxCheck = {
  readonly outcome: 'not-held' | 'heard' | 'silent' | 'incident';
  /** When it counts as silent if nothing comes until then: the time to ask again. */
  readonly nextCheckAt?: Instant;
};

/**
 * Is the box silent beyond twice its upload interval? Then its one ticket is open, unless the whole facility is silent: that
 * is one incident, not many tickets. Asked by a timer and every night; asking again changes nothing.
 */
export async function checkBox(tools: Tools, boxId: string): Promise<BoxCheck> {
  const box = await readBox(tools, boxId);
  if (!box?.holder) return { outcome: 'not-held' };
  const facts = watched(box, box.holder.from);
  const nextCheckAt = silentFrom(facts);
  if (!isSilent(facts, tools.now())) return { outcome: 'heard', ...(nextCheckAt !== undefined && { nextCheckAt }) };
  if (await incidentOpen(tools, box.profile.facilityId)) return { outcome: 'incident' };
  await raiseTicket(tools, box, 'silence');
  return { outcome: 'silent' };
}

export type FacilityCheck = {
  readonly outcome: 'quiet' | 'opened' | 'stands' | 'closed';
  readonly silentBoxes: number;
  readonly heldBoxes: number;
};

/** Do more than a fifth of the facility's boxes fall silent in one window? Opens, follows and closes its one incident. */
export async function checkFacility(tools: Tools, facilityId: string): Promise<FacilityCheck> {
  const boxes = (await heldBoxes(tools, facilityId)).flatMap((box) =>
    box.holder ? [watched(box, box.holder.from)] : [],
  );
  const now = tools.now();
  const silent = boxes.filter((box) => isSilent(box, now)).map((box) => box.boxId);
  tools.metric(metric.silentBoxes, silent.length, 'Count');
  const counts = { silentBoxes: silent.length, heldBoxes: boxes.length };
  const open = await readIncident(tools, facilityId);
  if (open) return { outcome: await follow(tools, open, silent, boxes), ...counts };
  const together = fellSilentTogether(boxes, now);
  if (!isIncident(together.length, boxes.length)) return { outcome: 'quiet', ...counts };
  const incident: Incident = {
    incidentId: tools.id('inc'),
    facilityId,
    state: 'open',
    openedAt: now,
    silentBoxes: together.length,
    allBoxes: boxes.length,
    boxIds: together,
    policyVersion: incidentPolicy.version,
  };
  return { outcome: (await putIncident(tools, incident, 'none')) === 'stored' ? 'opened' : 'stands', ...counts };
}

/** Patients of a facility with an open incident are sent nothing about their boxes or doses: it is not them. */
export async function incidentOpen(tools: Tools, facilityId: string): Promise<boolean> {
  return (await readIncident(tools, facilityId)) !== undefined;
}

async function follow(
  tools: Tools,
  open: Incident,
  silent: readonly string[],
  boxes: readonly WatchedBox[],
): Promise<'stands' | 'closed'> {
  const still = open.boxIds.filter((boxId) => silent.includes(boxId));
  if (isOver(still.length, boxes.length, secondsBetween(open.openedAt, tools.now()) / 3600)) {
    await archiveIncident(tools, { ...open, state: 'closed', closedAt: tools.now() });
    return 'closed';
  }
  const boxIds = [...new Set([...open.boxIds, ...fellSilentTogether(boxes, tools.now())])].sort();
  if (boxIds.length !== open.boxIds.length || silent.length !== open.silentBoxes)
    await putIncident(tools, { ...open, boxIds, silentBoxes: silent.length, allBoxes: boxes.length }, 'open');
  return 'stands';
}

async function heldBoxes(tools: Tools, facilityId: string): Promise<Box[]> {
  const all: Box[] = [];
  let cursor: string | undefined;
  do {
    const page = await facilityPage(tools, facilityId, 100, cursor);
    all.push(...(await readBoxes(tools, page.items)));
    cursor = page.next;
  } while (cursor !== undefined);
  return all.filter((box) => box.holder !== undefined);
}

function watched(box: Box, heldFrom: Instant): WatchedBox {
  return {
    boxId: box.profile.boxId,
    lastHeardAt: box.state.heardAt,
    heldFrom,
    uploadIntervalHours: uploadIntervalOf(box),
  };
}
