import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { statusesOf } from './course.ts';
import { days } from './days.ts';
import { dosingDateOf } from './dose-slot.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { interruptionAdvice } from './interruption.ts';
import type { InterruptionView } from './interruption-shapes.ts';
import { isPrescribedOn } from './schedule.ts';
import { readCard, readMonths } from './store.ts';

const none: InterruptionView = { gaps: [] };

/** What the gaps of today mean by the rules of the regimen. None while nothing is missing and when no treatment runs. */
export async function interruptionNow(tools: Tools, patientId: string): Promise<InterruptionView> {
  const card = await readCard(tools, patientId);
  if (!card) return none;
  const { plan } = card;
  const today = dosingDateOf(plan, tools.now());
  if (plan.stopped || !isPrescribedOn(plan, today)) return none;
  // Whole months, so that each day is read once: the last two as days, those before from their summaries.
  const month = addDays(today, -31).slice(0, 7);
  const [recent, months] = await Promise.all([
    days(tools, patientId, `${month}-01`, today),
    readMonths(tools, patientId, month),
  ]);
  const due = statusesOf(months, recent).filter(
    (day) => isPrescribedOn(plan, day.localDate) && day.localDate < today && day.statuses.length > 0,
  );
  return { gaps: gapsOf(plan, due, today).map(viewOf) };
}

function viewOf({ from, ...gap }: Gap): InterruptionView['gaps'][number] {
  return {
    from,
    days: gap.consecutiveDays,
    notKnownDays: gap.notKnownDays,
    heldDays: gap.heldDays,
    inAllDays: gap.cumulativeDays,
    inAllNotKnownDays: gap.cumulativeNotKnownDays,
    treatmentDay: gap.treatmentDay,
    ...(!gap.whole && { drug: gap.drugs.join(', ') }),
    advice: interruptionAdvice(gap),
  };
}
