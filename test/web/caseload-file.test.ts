import { describe, expect, it } from 'vitest';
import type { CaseRow } from '../../functions/reports/contract.ts';
import { caseloadCsv, tallyOf } from '../../web/src/reports/caseload-file.ts';
import { filesWords } from './files-words.ts';

const aRow = (over: Partial<CaseRow> = {}): CaseRow => ({
  patientId: 'pat_1',
  teamId: 'team_1',
  code: 'GUM-0388-2',
  name: 'Asha Lakra',
  slots: [],
  days28: '',
  updatedAt: '2026-11-30T04:10:00.000Z',
  ...over,
});

const linesOf = (csv: string) =>
  csv
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

describe('the caseload as a file', () => {
  it('counts each day for what the table of statuses says it counts for', () => {
    const { days, counting, being } = tallyOf('--soocnmwqahy');
    expect(days).toBe(11);
    expect(counting('observed', 'supported', 'claimed')).toBe(4);
    expect(counting('not-known')).toBe(3);
    expect(being('away')).toBe(1);
    expect([counting('not-opened'), counting('missed'), counting('excused'), counting('pending')]).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('gives a patient a line under the words of the table, opened never rounded up to seen', () => {
    const [head = [], line = []] = linesOf(
      caseloadCsv(
        [
          aRow({
            days28: 'soocnmwqahy',
            localDate: '2026-11-30',
            plan: { planId: 'plan_1', title: '2HRZE/4HRE', status: 'on-hold' },
            alert: { alertId: 'alert_1', band: 'red', state: 'triggered' },
            box: { boxId: 'CC-4471' },
            runsOutOn: '2026-12-04',
          }),
        ],
        filesWords,
        'en',
      ),
    );
    expect(Object.fromEntries(head.map((name, at) => [name, line[at]]))).toEqual({
      'Medical ID': 'GUM-0388-2',
      Name: 'Asha Lakra',
      Plan: '2HRZE/4HRE',
      'State of the plan': 'On hold',
      '28 days up to': '2026-11-30',
      'Days with a dose': '11',
      Taken: '4',
      'of these: Taken – seen': '1',
      'of these: Box opened': '2',
      'of these: Patient says taken': '1',
      'Not opened': '1',
      'Missed (confirmed)': '1',
      'Not known': '3',
      'of these: Away': '1',
      'On hold': '1',
      'Not yet': '1',
      'Open alert': 'Red',
      'Pills until': '2026-12-04',
      Box: 'CC-4471',
    });
  });

  it('leaves empty what a patient does not have', () => {
    const [head = [], line = []] = linesOf(caseloadCsv([aRow()], filesWords, 'en'));
    expect(line).toHaveLength(head.length);
    expect(line.filter((cell) => cell !== '' && cell !== '0')).toEqual(['GUM-0388-2', 'Asha Lakra']);
  });
});
