import { invalid, notFound } from '../shared/refusal.ts';
import { addDays, addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { RefillInput } from './evidence-shapes.ts';
import { medicineOf } from './medicines.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { revisePlan } from './revise-plan.ts';
import { runsOutOn } from './run-out.ts';
import { readCard } from './store.ts';

const visitSeconds = 3600;
/** The first box may be filled before the first dose. */
const earliestDays = 31;
/** Enough for two years of monthly visits; older ones matter to no day that can still change. */
const refillsKept = 24;

/**
 * Records a refill visit: what was counted, what was given, from when to when the box's openings are nobody's dose. The
 * run-out date follows. The same visit again is recorded once.
 */
export async function recordRefill(
  tools: Tools,
  { patientId, author, input }: { patientId: string; author: string; input: RefillInput },
): Promise<MedicationPlan> {
  const card = await readCard(tools, patientId);
  if (!card) throw notFound('plan');
  const { plan } = card;
  if (plan.refills.some((one) => one.id === input.refillId)) return plan;
  for (const { medicine } of [...input.counted, ...input.given])
    if (!medicineOf(medicine)) throw invalid('/given', 'This medicine is not in the catalogue.');
  const now = tools.now();
  const from = input.from ?? addSeconds(now, -visitSeconds);
  const to = input.to ?? addSeconds(now, visitSeconds);
  if (to < from || (Date.parse(to) - Date.parse(from)) / 3_600_000 > 24)
    throw invalid('/to', 'A visit lasts at most a day.');
  const localDate = dosingDateOf(plan, from);
  if (localDate < addDays(plan.start, -earliestDays) || localDate > addDays(dosingDateOf(plan, now), 1))
    throw invalid('/from', 'This visit does not belong to this treatment.');
  const ref = { patientId, planId: plan.planId, version: plan.version, author };
  return await revisePlan(tools, ref, localDate, (before) => {
    const refill = {
      id: input.refillId,
      from,
      to,
      localDate,
      counted: input.counted,
      given: input.given,
      author,
      at: now,
    };
    const { runsOutOn: _before, ...rest } = before;
    const next = { ...rest, refills: [...before.refills, refill].slice(-refillsKept) };
    const runsOut = runsOutOn(next);
    return { ...next, ...(runsOut !== undefined && { runsOutOn: runsOut }) };
  });
}
