import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Witness } from '../treatment/witness.ts';
import { isSilent } from './box-condition.ts';
import { uploadIntervalOf, witnessOf } from './holdings.ts';
import { readAllocations, readBox } from './store.ts';

export type BoxReport = {
  readonly boxId: string;
  readonly lastHeardAt?: Instant;
  readonly heardThrough?: Instant;
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
  readonly uploadIntervalHours: number;
  readonly batteryMillivolts?: number;
  readonly silent: boolean;
};

/** How far and how well a box speaks, for whoever must decide what its silence means. */
export async function boxReport(tools: Tools, boxId: string): Promise<BoxReport | undefined> {
  const box = await readBox(tools, boxId);
  if (!box) return undefined;
  const report = witnessOf(box, '').reports[0];
  const lastHeardAt = box.state.heardAt;
  const uploadIntervalHours = uploadIntervalOf(box);
  return {
    boxId,
    gaps: report?.gaps ?? [],
    uploadIntervalHours,
    silent: isSilent({ lastHeardAt, heldFrom: box.holder?.from, uploadIntervalHours }, tools.now()),
    ...(lastHeardAt !== undefined && { lastHeardAt }),
    ...(report && { heardThrough: report.heardThrough }),
    ...(box.state.battery && { batteryMillivolts: box.state.battery[0] }),
  };
}

/** The box that a patient holds now. */
export { readHolds as heldBox } from './store.ts';

/** All that the boxes of a patient can say of a stretch of time: to be handed to treatment's `closeSlot`. */
export async function boxWitness(tools: Tools, patientId: string, from: Instant, to: Instant): Promise<Witness> {
  const allocations = await readAllocations(tools, patientId);
  const touching = allocations.filter((one) => one.from < to && (one.to === undefined || one.to > from));
  const boxIds = [...new Set(touching.map((one) => one.boxId))];
  const boxes = await Promise.all(boxIds.map((boxId) => readBox(tools, boxId)));
  const witnesses = boxes.flatMap((box) => (box ? [witnessOf(box, patientId)] : []));
  return {
    holdings: witnesses.flatMap((one) => one.holdings),
    reports: witnesses.flatMap((one) => one.reports),
  };
}
