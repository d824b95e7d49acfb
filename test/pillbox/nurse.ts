import * as z from 'zod/mini';
import { taskAnswers, WorklistView, type WorkRow } from '../../functions/alerts/contract.ts';
import type { Instant } from '../../functions/shared/time.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

/**
 * What a nurse does twice a day: takes each alert, calls, and writes down what she found, which is the truth; then answers what
 * else waits. `lifeOf` is what the patient would tell her.
 */
export async function makeRounds(
  world: World,
  now: Instant,
  lifeOf: (patientId: string) => Life | undefined,
): Promise<void> {
  const work = z.parse(WorklistView, await world.nurse.get(`/api/alerts/teams/${world.teamId}/worklist`));
  for (const row of [...work.now, ...work.ask, ...work.promised])
    for (const matter of [row, ...(row.also ?? [])])
      await answer(world, { ...row, ...matter }, now, lifeOf(row.patient.patientId));
}

async function answer(world: World, row: WorkRow, now: Instant, life: Life | undefined): Promise<void> {
  const patient = `/api/alerts/patients/${row.patient.patientId}`;
  const last = life?.doses.filter((dose) => dose.closesAt <= now).at(-1);
  if (row.kind === 'alert') {
    const alert = `${patient}/alerts/${row.rowId}`;
    await world.nurse.post(`${alert}/acknowledge`, {});
    const outcome = last?.taken ? 'reached-taken-late' : 'reached-not-taken';
    await world.nurse.post(`${alert}/resolve`, { outcome, ...(!last?.taken && { why: 'forgot' }) });
    return;
  }
  if (row.taskKind === undefined || (row.dueOn !== undefined && row.dueOn > now.slice(0, 10))) return;
  const wanted = last?.taken ? 'taking' : 'not-taking';
  const fits = taskAnswers[row.taskKind];
  const said = fits.find((one) => one === wanted) ?? fits[0];
  await world.nurse.post(`${patient}/tasks/${row.rowId}/done`, { answer: said });
}
