import { boxReport, heldBox } from '../devices/box-report.ts';
import { checkBox, checkFacility, incidentOpen } from '../devices/check.ts';
import { patientProfile } from '../identity/patient-profile.ts';
import { addSeconds, nextMark } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { planDue } from './plan-due.ts';

/** While a facility's boxes are silent together, it is looked at again so often. */
const incidentSeconds = 1800;

/**
 * Looks at the box of a patient that owes a report. A late one: first whether the whole facility is silent, which is one
 * incident and no ticket for each box. One that may still sleep is looked at again when it would be late.
 */
export async function lookAtBox(
  tools: Tools,
  patientId: string,
  how: 'wait for it' | 'only if late' = 'wait for it',
): Promise<'no box' | 'waits' | 'not late' | 'silent' | 'incident'> {
  const held = await heldBox(tools, patientId);
  const report = held && (await boxReport(tools, held.boxId));
  if (!held || !report) return 'no box';
  if (!report.silent && how === 'only if late') return 'not late';
  if (report.silent) {
    const profile = await patientProfile(tools, patientId);
    if (profile) await askAboutFacility(tools, profile.facilityId);
  }
  const { outcome, nextCheckAt } = await checkBox(tools, held.boxId);
  if (outcome === 'silent' || outcome === 'incident') return outcome;
  if (nextCheckAt === undefined) return 'no box';
  const work = { step: 'box-check' as const, patientId, boxId: held.boxId };
  await planDue(tools, { at: addSeconds(nextCheckAt, 1), ref: held.boxId, work });
  return 'waits';
}

/** Every silent box of a facility asks. Looking reads all its boxes: while an incident is open, one look follows for all of them. */
async function askAboutFacility(tools: Tools, facilityId: string): Promise<void> {
  if (await incidentOpen(tools, facilityId)) await planLook(tools, facilityId);
  else await lookAtFacility(tools, facilityId);
}

/** Opens, follows and closes a facility's one incident; while it is open somebody looks again. */
export async function lookAtFacility(tools: Tools, facilityId: string): Promise<string> {
  const { outcome } = await checkFacility(tools, facilityId);
  if (outcome === 'opened' || outcome === 'stands') await planLook(tools, facilityId);
  return outcome;
}

async function planLook(tools: Tools, facilityId: string): Promise<void> {
  const at = nextMark(tools.now(), incidentSeconds);
  await planDue(tools, { at, ref: facilityId, work: { step: 'facility-check', facilityId } });
}
