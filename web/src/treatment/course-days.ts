import {
  type CourseView,
  doseStatuses,
  type StatusKey,
  statusKeys,
  statusOfLetter,
} from '../../../functions/treatment/contract.ts';

/** A day is as good as its weakest slot; the order of the status table runs from the best witness to the least known. */
const weakest = (statuses: readonly StatusKey[]): StatusKey | undefined => {
  const rank = (status: StatusKey) => (doseStatuses[status].countsAs === 'missed' ? 99 : statusKeys.indexOf(status));
  return [...statuses].sort((a, b) => rank(b) - rank(a))[0];
};

/** Every day of a course that has a status: earlier months from their letters, this month from its days. */
export function dayStatuses(course: CourseView): Map<string, StatusKey> {
  const found = new Map<string, StatusKey>();
  for (const { month, slots } of course.months) {
    const rows = Object.values(slots);
    const days = Math.max(0, ...rows.map((letters) => letters.length));
    for (let day = 0; day < days; day += 1) {
      const statuses = rows.map((letters) => statusOfLetter(letters[day] ?? '-')).filter((one) => one !== undefined);
      const status = weakest(statuses);
      if (status) found.set(`${month}-${String(day + 1).padStart(2, '0')}`, status);
    }
  }
  for (const { localDate, status } of course.days) if (status) found.set(localDate, status);
  return found;
}

/** The weeks of a month, Sunday first; `undefined` before the first and after the last. */
export function monthWeeks(month: string): (string | undefined)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = new Date(Date.UTC(year, number - 1, 1)).getUTCDay();
  const cells = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, at) => {
    const day = at - before + 1;
    return day >= 1 && day <= days ? `${month}-${String(day).padStart(2, '0')}` : undefined;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

export function stepMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}
