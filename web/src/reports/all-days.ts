import type { DayView } from '../../../functions/treatment/contract.ts';
import { get } from '../shell/api.ts';
import { addDays, daysBetween } from '../text/days.ts';

/** What one answer may hold. */
const daysAnAnswer = 62;

/** Every dosing day of a patient from one date to another; `onGoing` hears how many of them are read. */
export async function allDays(
  patientId: string,
  {
    from,
    to,
    signal,
    onGoing,
  }: { from: string; to: string; signal: AbortSignal; onGoing: (done: number, of: number) => void },
): Promise<DayView[]> {
  const of = daysBetween(from, to) + 1;
  const all: DayView[] = [];
  for (let done = 0; done < of; done += daysAnAnswer) {
    const first = addDays(from, done);
    const last = addDays(from, Math.min(done + daysAnAnswer, of) - 1);
    const { days } = await get<{ days: DayView[] }>(
      `/api/treatment/patients/${patientId}/days?from=${first}&to=${last}`,
      signal,
    );
    all.push(...days);
    onGoing(Math.min(done + daysAnAnswer, of), of);
  }
  return all;
}
