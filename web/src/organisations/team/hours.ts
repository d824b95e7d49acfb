import type { WorkingHours } from '../../../../functions/organisations/contract.ts';

const usual = { from: '09:00', to: '17:00' };
const lastMinute = '23:59';

/** One more stretch on this weekday (ISO, Monday is 1): the usual day, or an hour that begins an hour after the last one ends. */
export function moreHours(hours: readonly WorkingHours[], weekday: number): WorkingHours[] {
  const last = hours
    .filter((each) => each.weekday === weekday)
    .map(({ to }) => to)
    .sort()
    .at(-1);
  const next = last === undefined ? usual : { from: later(last, 1), to: later(last, 2) };
  return [...hours, { weekday, ...next }];
}

/** Every weekday that works gets the hours of the first one that does; a closed day stays closed. */
export function likeFirstDay(hours: readonly WorkingHours[]): WorkingHours[] {
  const working = [...new Set(hours.map(({ weekday }) => weekday))].sort();
  const first = hours.filter(({ weekday }) => weekday === working[0]);
  return working.flatMap((weekday) => first.map((each) => ({ ...each, weekday })));
}

/** Wall-clock, within the same day. */
function later(clockTime: string, hours: number): string {
  const hour = Number(clockTime.slice(0, 2)) + hours;
  return hour > 23 ? lastMinute : `${String(hour).padStart(2, '0')}${clockTime.slice(2)}`;
}
