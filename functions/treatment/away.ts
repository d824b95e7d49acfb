import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { afterPlanChange } from './after-plan-change.ts';
import { awaysOnCard, planFor } from './change-day.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { Away, AwayInput } from './evidence-shapes.ts';
import { furthestAheadDays } from './plan-dates.ts';
import { treatmentEnded } from './revise-plan.ts';
import { type Card, readAways, readCard, writeAway } from './store.ts';
import type { EndAwayInput } from './view-shapes.ts';

const attempts = 4;
const longestAwayDays = 366;

/** Says that the box cannot speak for the patient for a while. The same away again is the same; a second open one is refused. */
export async function declareAway(
  tools: Tools,
  { patientId, author, input }: { patientId: string; author: string; input: AwayInput },
): Promise<Away> {
  if (input.expectedEnd !== undefined && input.expectedEnd < input.from)
    throw invalid('/expectedEnd', 'The end lies before the beginning.');
  await refuseFarOff(tools, patientId, input);
  const away = await changeCard(tools, patientId, async (card) => {
    const known = (await readAways(tools, patientId)).find((one) => one.awayId === input.awayId);
    if (known) return { answer: known };
    const { stopped } = card.plan;
    if (stopped && input.from > stopped.on) throw treatmentEnded();
    if (card.aways.some((one) => one.to === undefined))
      throw new Refusal('conflict', 'already-away', 'The patient is away already. End that first.');
    const created: Away = { ...input, author, at: tools.now() };
    const aways = [...card.aways, created].slice(-awaysOnCard);
    return { answer: created, outcome: await writeAway(tools, patientId, created, { ...card, aways }, 'new') };
  });
  await afterPlanChange(tools, patientId);
  return away;
}

/** Within what the patient was ever prescribed, and what can be known today. */
async function refuseFarOff(tools: Tools, patientId: string, { from, expectedEnd }: AwayInput): Promise<void> {
  const plan = (await planFor(tools, patientId, from))?.plan;
  if (plan && (from < plan.start || from > addDays(dosingDateOf(plan, tools.now()), furthestAheadDays)))
    throw invalid('/from', 'No treatment is known for this day.');
  if (expectedEnd !== undefined && expectedEnd > addDays(from, longestAwayDays))
    throw invalid('/expectedEnd', 'This is too far ahead.');
}

/** Ends an away on its last day, `to`, with the answer to "back with the box?". */
export async function endAway(
  tools: Tools,
  { patientId, awayId, author, input }: { patientId: string; awayId: string; author: string; input: EndAwayInput },
): Promise<Away> {
  const away = await changeCard(tools, patientId, async (card) => {
    const known = (await readAways(tools, patientId)).find((one) => one.awayId === awayId);
    if (!known) throw notFound('away');
    if (known.to !== undefined) return { answer: known };
    if (input.to > dosingDateOf(card.plan, tools.now())) throw invalid('/to', 'This day has not come yet.');
    if (input.to < known.from) throw invalid('/to', 'The end lies before the beginning.');
    const ended: Away = { ...known, ...input, endedBy: author, endedAt: tools.now() };
    const aways = card.aways.map((one) => (one.awayId === awayId ? ended : one));
    return { answer: ended, outcome: await writeAway(tools, patientId, ended, { ...card, aways }, 'open') };
  });
  await afterPlanChange(tools, patientId);
  return away;
}

type Attempt = { readonly answer: Away; readonly outcome?: 'stored' | 'conflict' };

async function changeCard(tools: Tools, patientId: string, attempt: (card: Card) => Promise<Attempt>): Promise<Away> {
  for (let tries = 0; tries < attempts; tries++) {
    const card = await readCard(tools, patientId);
    if (!card) throw notFound('plan');
    const { answer, outcome } = await attempt(card);
    if (outcome !== 'conflict') return answer;
  }
  throw new Refusal('conflict', 'busy', 'Somebody else is changing this. Try again.');
}
