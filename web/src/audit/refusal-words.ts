import type { AuditLine } from '../../../functions/audit/contract.ts';
import { Role } from '../../../functions/identity/contract.ts';
import { type Cell, csvOf } from '../reports/csv.ts';
import type { Dates } from '../text/dates.ts';
import type { Text, TextKey } from '../text/text.ts';
import { whatWasDone } from './what-was-done.ts';

type T = Text<'oversight'>;

const whys: Readonly<Record<string, TextKey<'oversight'>>> = {
  'no relation': 'why.no-relation',
  'not in this role': 'why.role',
  disabled: 'why.disabled',
  'not granted by the patient': 'why.not-granted',
};

export const whyRefused = ({ why }: AuditLine, t: T): string => t(whys[why] ?? 'why.other');

export function roleOf({ actorRole }: AuditLine, t: T): string | undefined {
  const role = Role.options.find((one) => one === actorRole);
  return role && t(`role.${role}`);
}

/** Of what kind it was, by its id: nobody's name stands here, and only a box's code is meant for people. */
export function aboutWhat({ subjectId }: AuditLine, t: T): string | undefined {
  if (subjectId === undefined) return undefined;
  if (subjectId.startsWith('pat_')) return t('about.patient');
  if (subjectId.startsWith('team_')) return t('about.team');
  if (subjectId.startsWith('org_')) return t('about.organisation');
  return t('about.box', { box: subjectId });
}

/** A line a refusal, with the ids by which an investigation goes on. */
export function refusalsCsv(lines: readonly AuditLine[], t: T, dates: Dates, zone: string): string {
  const head = [
    ...[t('col.when'), t('col.who'), t('col.account'), t('col.role'), t('col.did'), t('col.exactly')],
    ...[t('col.about'), t('col.id'), t('col.why')],
  ];
  const row = (line: AuditLine): Cell[] => [
    ...[dates.stamp(line.at, zone), line.actorName, line.actorId, roleOf(line, t), t(whatWasDone(line.action))],
    ...[line.action, aboutWhat(line, t), line.subjectId, whyRefused(line, t)],
  ];
  return csvOf([head, ...lines.map(row)]);
}
