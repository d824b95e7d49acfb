import { replanPatient } from '../../../../functions/reminders/replan-patient.ts';
import { projectCase } from '../../../../functions/reports/project-case.ts';
import { addDays } from '../../../../functions/shared/time.ts';
import { summariseMonth } from '../../../../functions/treatment/summarise-month.ts';
import { TODAY } from '../when.ts';
import type { Enrolled } from './enrol.ts';
import { present } from './tools.ts';

/**
 * What stream, queues and the night would have left behind of a life: month summaries, the next due work, the row of the
 * caseload. The row goes through the front door, so that open screens hear of it.
 */
export async function finish({ patientId, patient }: Enrolled): Promise<void> {
  const month = TODAY.slice(0, 7);
  const first = addDays(TODAY, -patient.course.startedDaysAgo).slice(0, 7);
  if (first < month) await summariseMonth(present, { patientId, month: first });
  await summariseMonth(present, { patientId, month });
  await replanPatient(present, patientId);
  await projectCase(present, patientId);
}
