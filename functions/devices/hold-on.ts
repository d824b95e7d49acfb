import { readAccessCard } from '../shared/access-store.ts';
import type { Instant } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { boxHeard } from '../treatment/box-heard.ts';
import { startAllocation } from './allocation-store.ts';
import { witnessOf } from './holdings.ts';
import { readBox } from './store.ts';

type Returned = { readonly boxId: string; readonly patientId: string; readonly endedAt: Instant };

/**
 * The box was not given back after all: the stretch that ended at that instant goes on, unless the box or the patient went
 * another way since.
 */
export async function holdOn(
  tools: Tools,
  { boxId, patientId, endedAt }: Returned,
): Promise<'goes-on' | 'gone-on-already'> {
  const [box, card] = await Promise.all([
    readBox(tools, boxId),
    readAccessCard(tools, { kind: 'patient', id: patientId }),
  ]);
  const last = box?.held.at(-1);
  if (!card || box?.holder || last?.patientId !== patientId || last.to !== endedAt) return 'gone-on-already';
  const team = card.teamId !== undefined && { teamId: card.teamId };
  const holder = { boxId, patientId, from: last.from, ...team };
  if ((await startAllocation(tools, holder, { path: card.path, ...team })) === 'conflict') return 'gone-on-already';
  const after = await readBox(tools, boxId);
  if (after) await boxHeard(tools, { patientId, witness: witnessOf(after, patientId), since: endedAt });
  return 'goes-on';
}
