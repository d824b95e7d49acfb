import { isDeepStrictEqual } from 'node:util';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { deriveDay } from './derive-day.ts';
import { dosingDateOf } from './dose-slot.ts';
import { doseStatuses } from './dose-status.ts';
import { plannedDay } from './planned-day.ts';
import { readAways, readDays, readMonth, readPlans, writeMonth } from './store.ts';
import type { MonthSummary } from './view-shapes.ts';

const attempts = 6;

/**
 * Writes the summary of one month, `YYYY-MM`: a letter per day and slot. Run nightly for this month and the one before, and
 * at once when evidence arrives for an earlier month. Running it again changes nothing; of two at once the later one reads again.
 */
export async function summariseMonth(
  tools: Tools,
  { patientId, month }: { patientId: string; month: string },
): Promise<'written' | 'same' | 'no-plan'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await readMonth(tools, patientId, month);
    const slots = await lettersOf(tools, patientId, month);
    if (!slots) return 'no-plan';
    if (before && isDeepStrictEqual(before.slots, slots)) return 'same';
    if ((await writeMonth(tools, patientId, { month, slots }, before)) === 'stored') return 'written';
  }
  throw new Error('a month changed too often to be summarised');
}

/** By slot a letter for each day of the month; undefined without any plan. */
async function lettersOf(tools: Tools, patientId: string, month: string): Promise<MonthSummary['slots'] | undefined> {
  const plans = await readPlans(tools, patientId);
  if (plans.length === 0) return undefined;
  const aways = await readAways(tools, patientId);
  const first = `${month}-01`;
  const last = addDays(firstOfNext(month), -1);
  const stored = new Map(
    (await readDays(tools, patientId, first, last, { consistent: true })).map((day) => [
      day.facts.localDate,
      day.facts,
    ]),
  );
  const now = tools.now();
  const slots: Record<string, string[]> = {};
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const plan = plans.find((one) => one.start <= date);
    if (!plan || date > dosingDateOf(plan, now)) continue;
    const facts = stored.get(date) ?? plannedDay(plan, date, aways);
    for (const slot of deriveDay(facts, now).slots) {
      const letters = slots[slot.name] ?? Array.from({ length: Number(last.slice(8)) }, () => '-');
      slots[slot.name] = letters;
      letters[Number(date.slice(8)) - 1] = doseStatuses[slot.status].letter;
    }
  }
  return Object.fromEntries(Object.entries(slots).map(([name, letters]) => [name, letters.join('')]));
}

/** After a change of a day: when its month is over, the summary must follow at once. */
export async function summariseMonthOf(tools: Tools, patientId: string, localDate: string): Promise<void> {
  const month = localDate.slice(0, 7);
  if (monthIsOver(month, tools.now())) await summariseMonth(tools, { patientId, month });
}

/** Its last days have ended in every zone: screens read its summary and no longer its days. */
export function monthIsOver(month: string, now: string): boolean {
  return month < addDays(now.slice(0, 10), -2).slice(0, 7);
}

export function firstOfNext(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
