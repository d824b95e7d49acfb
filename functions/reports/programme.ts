import type { Alert } from '../alerts/alert.ts';
import { addSeconds, secondsBetween } from '../shared/time.ts';
import type { ProgrammeLine } from './contract.ts';

const contactSeconds = 48 * 3600;

/**
 * "Rule met, acted": of the red alerts that opened in a stretch of time, how many patients were spoken with within 48
 * hours, and the median time to contact. Closed as "not reachable" or "refused" is not spoken with. An alert that evidence
 * closed before its 48 hours were over asked for no contact and is not counted.
 */
export function programmeLine(alerts: readonly Alert[], from: string, to: string, now: string): ProgrammeLine {
  const red = alerts.filter(
    (alert) =>
      alert.band === 'red' &&
      alert.openedAt.slice(0, 10) >= from &&
      alert.openedAt.slice(0, 10) <= to &&
      !isMoot(alert),
  );
  const minutes = red
    .flatMap((alert) =>
      alert.contactedAt === undefined ? [] : [secondsBetween(alert.openedAt, alert.contactedAt) / 60],
    )
    .sort((a, b) => a - b);
  const inTime = red.filter((alert) => alert.contactedAt !== undefined && alert.contactedAt <= dueOf(alert));
  const late = red.filter((alert) => alert.contactedAt === undefined && dueOf(alert) < now);
  const median = medianOf(minutes);
  return {
    from,
    to,
    red: red.length,
    contactedWithin48h: inTime.length,
    late: late.length,
    stillOpen: red.filter((alert) => alert.state !== 'resolved').length,
    ...(median !== undefined && { medianMinutesToContact: median }),
  };
}

/** The 48 hours run from when the alert turned red, which may be days after it opened. */
function dueOf({ contactBy, openedAt }: Alert): string {
  return contactBy ?? addSeconds(openedAt, contactSeconds);
}

function isMoot(alert: Alert): boolean {
  if (alert.contactedAt !== undefined || alert.state !== 'resolved' || alert.outcome?.by !== undefined) return false;
  return alert.resolvedAt !== undefined && alert.resolvedAt <= dueOf(alert);
}

function medianOf(sorted: readonly number[]): number | undefined {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}
