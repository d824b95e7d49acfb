import type { ItemChange } from '../shared/events.ts';
import type { Tools } from '../shared/tools.ts';
import { projected } from './project-case.ts';
import { caseKey } from './store.ts';

/**
 * What follows for lists and screens from changes of a patient: the row of the caseload is written when it shows something
 * else, and open screens hear of the days and of the row together. For every context that reads such changes.
 */
export async function showPatient(
  tools: Tools,
  patientId: string,
  changes: readonly ItemChange[],
): Promise<'written' | 'same' | 'unknown'> {
  const { outcome, teamId } = await projected(tools, patientId);
  const days = new Map(changes.filter(({ kind }) => kind === 'day').map((change) => [change.sk, change]));
  const told: ItemChange[] = [...days.values()];
  if (outcome === 'written' && teamId !== undefined)
    told.push({ kind: 'case', ...caseKey(teamId, patientId), event: 'MODIFY', at: tools.now() });
  if (told.length > 0)
    await tools.send(
      'live',
      told.map((body) => ({ body })),
    );
  return outcome;
}
