import { invalid, notFound } from '../shared/refusal.ts';
import { addDays, addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { RefillInput } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { revisePlan } from './revise-plan.ts';
import { runsOutOn } from './run-out.ts';
import { readCard } from './store.ts';

const visitSeconds = 3600;
/** The first box may be filled before the first dose. */
const earliestDays = 31;
/** Enough for two years of monthly visits; older ones matter to no day that can still change. */
const refillsKept = 24;
/** Nobody is given, or has left, more than this many days' pills. */
const mostDays = 366;

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
  refuseOtherPills(plan, input);
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

function refuseOtherPills(plan: MedicationPlan, { counted, given }: RefillInput): void {
  for (const [list, counts] of Object.entries({ counted, given }))
    for (const [index, { medicine, pills }] of counts.entries()) {
      const most = mostADay(plan, medicine);
      if (most === 0) throw invalid(`/${list}/${index}/medicine`, 'This medicine is not in the plan.');
      if (pills > most * mostDays) throw invalid(`/${list}/${index}/pills`, 'This is more than a year’s pills.');
    }
}

/** The most pills of a medicine on one day in any version of the plan; 0 when it was never in it. */
function mostADay(plan: MedicationPlan, medicine: string): number {
  const steps = plan.versions
    .flatMap(({ drugs }) => drugs)
    .filter((drug) => drug.medicine === medicine)
    .flatMap((drug) => drug.steps);
  return Math.max(0, ...steps.map(({ doses }) => doses.reduce((sum, dose) => sum + dose.count, 0)));
}
