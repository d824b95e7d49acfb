import { byUrgency, dueAt } from './by-urgency.ts';
import type { WorkMatter, WorkRow } from './contract.ts';

/**
 * One row for each patient, however many things there are to do about them: a person is called once. The alert leads, or else
 * what is most urgent; the row stands where that most urgent thing would, has its band and the first deadline of all, and
 * names the others.
 */
export function oneRowEach(rows: readonly WorkRow[]): WorkRow[] {
  const byPatient = new Map<string, WorkRow[]>();
  for (const row of rows.toSorted(byUrgency))
    byPatient.set(row.patient.patientId, [...(byPatient.get(row.patient.patientId) ?? []), row]);
  return [...byPatient.values()].flatMap(joined);
}

/** `urgent`: the rows of one patient, the most urgent first. */
function joined(urgent: readonly WorkRow[]): WorkRow[] {
  const [first] = urgent;
  const lead = urgent.find(({ kind }) => kind === 'alert') ?? first;
  if (first === undefined || lead === undefined) return [];
  if (urgent.length === 1) return [first];
  const { dueBy: _by, dueWithin: _within, duty: _duty, ...rest } = lead;
  const due = urgent.reduce((a, b) => (dueAt(b) < dueAt(a) ? b : a));
  return [
    {
      ...rest,
      ...(first.band !== undefined && { band: first.band }),
      critical: urgent.some((row) => row.critical),
      late: urgent.some((row) => row.late),
      ...(due.dueBy !== undefined && { dueBy: due.dueBy }),
      ...(due.dueWithin !== undefined && { dueWithin: due.dueWithin }),
      ...(due.duty !== undefined && { duty: due.duty }),
      also: urgent.filter((row) => row !== lead).map(matterOf),
    },
  ];
}

function matterOf({ rowId, kind, taskKind, reason, note, mine }: WorkRow): WorkMatter {
  return {
    rowId,
    kind,
    reason,
    mine,
    ...(taskKind !== undefined && { taskKind }),
    ...(note !== undefined && { note }),
  };
}
