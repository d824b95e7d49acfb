import { takenBackBy } from '../identity/consents.ts';
import type { Tools } from '../shared/tools.ts';
import { returnBox } from './allocate.ts';

/**
 * A patient who took back their consent to the box holds none from that moment: what it tells later is not theirs. That
 * somebody must fetch it is a task of the team.
 */
export async function followConsent(tools: Tools, patientId: string): Promise<string> {
  const taken = (await takenBackBy(tools, patientId)).find(({ purpose }) => purpose === 'box');
  if (!taken) return 'agreed';
  const { at, by } = taken;
  return (await returnBox(tools, { patientId, at, actorId: by, why: 'consent taken back' })).outcome;
}
