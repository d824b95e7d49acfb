import { createHash } from 'node:crypto';
import { addDays, type LocalDate, zoned } from '../shared/time.ts';
import { slotsOn } from '../treatment/dose-slot.ts';
import type { PlanFacts } from '../treatment/schedule.ts';
import type { Settings } from './items.ts';

export type Desired = Omit<Settings, 'requestedAt'>;

/** A fortnight shows every slot of any repeat; a box shows all its alarms every day. */
const daysAhead = 14;

/**
 * What the box should do for a plan: sound at the wall-clock time of every slot that has pills in it, by the patient's zone. A
 * plan that has ended or is wholly on hold sounds at no time. The id follows from the content: the same asked again is the same.
 */
export function desiredSettings(
  plan: (PlanFacts & { readonly runsOutOn?: LocalDate | undefined }) | undefined,
  zone: string,
  today: LocalDate,
  now: string,
  uploadIntervalHours: number,
): Desired {
  const alarmTimes = plan ? timesOf(plan, today) : [];
  const settings = {
    alarmTimes,
    utcOffsetMinutes: Math.round(zoned(now, zone).offsetNanoseconds / 60e9),
    uploadIntervalHours,
    ...(plan?.runsOutOn !== undefined && alarmTimes.length > 0 && { refillOn: plan.runsOutOn }),
  };
  return { ...settings, requestId: createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 12) };
}

function timesOf(plan: PlanFacts, today: LocalDate): string[] {
  if (plan.stopped) return [];
  const first = plan.start > today ? plan.start : today;
  const times = new Set<string>();
  for (let day = 0; day < daysAhead; day++)
    for (const slot of slotsOn(plan, addDays(first, day))) if (slot.inBox && !slot.held) times.add(slot.plannedTime);
  return [...times].sort();
}
