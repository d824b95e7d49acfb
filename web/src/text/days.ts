/** Days later or earlier, in local dates. */
export function addDays(localDate: string, days: number): string {
  return new Date(Date.parse(`${localDate}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one local date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);
}

/** The instant at which a local date begins in a zone: its midnight, or the first moment after one that a clock change skips. */
export function startOfDay(localDate: string, zone: string): string {
  const midnight = Date.parse(`${localDate}T00:00:00Z`);
  const candidates = [midnight - 86_400_000, midnight + 86_400_000]
    .map((near) => midnight - (wallClock(near, zone) - near))
    .sort((a, b) => a - b);
  const first = candidates.find((at) => wallClock(at, zone) >= midnight) ?? midnight;
  return new Date(first).toISOString();
}

/** The day that a dose of this moment belongs to: after midnight it is still the evening's, until the dosing day rolls. */
export function dosingDate(instant: string, zone: string, dayRollsAt: string): string {
  const [date = '', time = ''] = localStamp(instant, zone).split(' ');
  return time < dayRollsAt ? addDays(date, -1) : date;
}

/** 2026-11-30 09:40 of an instant in a zone: as spreadsheets read a time. */
export const localStamp = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );

/** What a clock in the zone shows at this moment, read as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  return Date.parse(`${shown.replace(' ', 'T')}Z`);
}
