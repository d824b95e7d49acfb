import { addDays, type Instant, instantAt, type LocalDate } from '../../../functions/shared/time.ts';

/** The facilities' zone. */
export const ZONE = 'Asia/Kolkata';
/** The demonstration is a working Monday. */
export const TODAY: LocalDate = '2026-11-30';
/** History goes back so many days. */
export const HISTORY_DAYS = 60;

/** The date so many days ago. */
export function dateAgo(days: number): LocalDate {
  return addDays(TODAY, -days);
}

/** A wall-clock time so many days ago: `ago(1, '20:00')` is yesterday evening. */
export function ago(days: number, time: string): Instant {
  return instantAt(dateAgo(days), time, ZONE);
}

/** When the live morning of the story patients begins, and when the ready line appears. */
export const DAWN = ago(0, '07:50');
export const READY = ago(0, '09:40');
