import { broken, type Score } from './score.ts';

/** Ground truth against what the product concluded, line by line; the last says whether every bar holds. */
export function printed(result: Score): string {
  const { openings, silences, statuses, alerts, messages } = result;
  const of = (part: number, whole: number) =>
    `${part} of ${whole}${whole > 0 ? ` (${((100 * part) / whole).toFixed(1)} %)` : ''}`;
  const failures = broken(result);
  return [
    `openings noticed and sent   ${openings.sent}`,
    `  counted once              ${openings.counted}`,
    `  in quarantine             ${openings.quarantined}`,
    `  lost · doubled · invented ${openings.lost} · ${openings.doubled} · ${openings.invented}   (bar 0)`,
    `silent periods              ${of(silences.right, silences.periods)} classified right   (bar 95 %)`,
    ...silences.wrong.slice(0, 10).map((one) => `  wrong: ${one}`),
    `doses at the end            ${of(statuses.right, statuses.doses)} with the right status`,
    `alerts raised               ${of(alerts.true, alerts.raised)} true   (bar 90 %)`,
    ...alerts.false.slice(0, 10).map((one) => `  not true: ${one}`),
    `patients who stopped unseen ${alerts.missedPatients}`,
    `messages to nurses          ${messages.total}; worst day ${messages.mostImmediate} immediate + ${messages.mostDigests} digest   (bar 5 + 1)`,
    failures.length === 0 ? 'every bar holds' : `BROKEN: ${failures.join('; ')}`,
  ].join('\n');
}
