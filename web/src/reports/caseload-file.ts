import type { CaseRow } from '../../../functions/reports/contract.ts';
import { type CountsAs, doseStatuses, type StatusKey, statusOfLetter } from '../../../functions/treatment/contract.ts';
import type { Language } from '../text/areas.ts';
import type { Text } from '../text/text.ts';
import { type Cell, csvOf } from './csv.ts';

const planStates = ['active', 'on-hold', 'completed', 'stopped'] as const;

/** Opened and said are not seen: beside the sum each stands by itself. */
const taken: readonly CountsAs[] = ['observed', 'supported', 'claimed'];

/** How many of the days of a row count for what, by the table of statuses, and how many have this status. */
export function tallyOf(days28: string) {
  const statuses = [...days28].map(statusOfLetter).filter((status) => status !== undefined);
  return {
    days: statuses.length,
    counting: (...what: readonly CountsAs[]) =>
      statuses.filter((status) => what.includes(doseStatuses[status].countsAs)).length,
    being: (key: StatusKey) => statuses.filter((status) => status === key).length,
  };
}

/** The caseload as a table, a line a patient: who, the plan, what the last 28 days count for, what is open. */
export function caseloadCsv(patients: readonly CaseRow[], t: Text<'files'>, lang: Language): string {
  const word = (key: StatusKey) => doseStatuses[key].staff[lang];
  const within = (key: StatusKey) => t('within', { word: word(key) });
  const head = [
    ...[t('code'), t('name'), t('plan'), t('plan-state'), t('until'), t('days')],
    ...[t('taken'), within('seen'), within('opened'), within('said')],
    ...[word('shut'), word('missed'), t('not-known'), within('away'), word('hold'), word('yet')],
    ...[t('alert'), t('runs-out'), t('box')],
  ];
  return csvOf([head, ...patients.map((row) => line(row, t))]);
}

function line(row: CaseRow, t: Text<'files'>): Cell[] {
  const { days, counting, being } = tallyOf(row.days28);
  const state = planStates.find((one) => one === row.plan?.status);
  return [
    ...[row.code, row.name, row.plan?.title, state && t(`plan-state.${state}`), row.localDate, days],
    ...[counting(...taken), being('seen'), being('opened'), being('said')],
    ...[counting('not-opened'), counting('missed'), counting('not-known'), being('away')],
    ...[counting('excused'), counting('pending')],
    ...[row.alert && t(`band.${row.alert.band}`), row.runsOutOn, row.box?.boxId],
  ];
}
