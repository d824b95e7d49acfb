import type { AuditLine } from '../../../functions/audit/contract.ts';
import { whatWasDone } from './what-was-done.ts';

/** What one person did with the record in one day for one reason; shown once, with the last time of it. */
export interface Look {
  readonly last: AuditLine;
  readonly times: number;
}

/**
 * Lines as they come, the newest first. Somebody who works with a record opens it several times a day: that is one line with
 * a number, so that another person, another deed or a refusal is not lost among them.
 */
export function looksOf(lines: readonly AuditLine[], zone: string): Look[] {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const looks = new Map<string, Look>();
  for (const line of lines) {
    const { actorId, actorName, why, outcome, subjectId } = line;
    const key = [
      day.format(new Date(line.at)),
      actorId,
      actorName,
      whatWasDone(line.action),
      why,
      outcome,
      subjectId,
    ].join('|');
    const known = looks.get(key);
    looks.set(key, known ? { ...known, times: known.times + 1 } : { last: line, times: 1 });
  }
  return [...looks.values()];
}
