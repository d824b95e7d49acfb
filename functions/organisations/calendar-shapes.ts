import * as z from 'zod/mini';
import { ClockTime, Id, LocalDate, line, Zone } from '../shared/shapes.ts';

/** Hours of one weekday, wall-clock; several for a lunch break. `to` is after `from` on the same day. */
export const WorkingHours = z.object({
  /** ISO weekday, Monday is 1. */
  weekday: z.int().check(z.gte(1), z.lte(7)),
  from: ClockTime,
  to: ClockTime,
});
export type WorkingHours = z.infer<typeof WorkingHours>;

/** When a team works, in the facility's zone, and who answers outside of it. */
export const WorkingCalendar = z.object({
  zone: Zone,
  hours: z.array(WorkingHours).check(z.maxLength(28)),
  holidays: z.array(z.object({ on: LocalDate, name: line(60, 0) })).check(z.maxLength(400)),
  /** Outside working hours alerts of the on-call severities go to the first of these; nobody: they wait. */
  onCall: z.array(Id).check(z.maxLength(10)),
});
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;
