import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { askBoxOf, type Shadow } from '../../../../functions/devices/ask-box.ts';
import { replanPatient } from '../../../../functions/reminders/replan-patient.ts';
import { projectCase } from '../../../../functions/reports/project-case.ts';
import { env } from '../../../../functions/shared/env.ts';
import { addDays } from '../../../../functions/shared/time.ts';
import { summariseMonth } from '../../../../functions/treatment/summarise-month.ts';
import { TODAY } from '../when.ts';
import type { Enrolled } from './enrol.ts';
import { present } from './tools.ts';

const client = new IoTDataPlaneClient({ endpoint: env('IOT_DATA_ENDPOINT') });
const shadow: Shadow = {
  async put(thingName, desired) {
    const payload = new TextEncoder().encode(JSON.stringify({ state: { desired } }));
    await client.send(new UpdateThingShadowCommand({ thingName, shadowName: 'config', payload }));
  },
};

/**
 * What stream, queues and the night would have left behind of a life: month summaries, the next due work, the settings
 * that the box is asked for, the row of the caseload. The row goes through the front door, so that open screens hear of it.
 */
export async function finish({ patientId, patient }: Enrolled): Promise<void> {
  const month = TODAY.slice(0, 7);
  const first = addDays(TODAY, -patient.course.startedDaysAgo).slice(0, 7);
  if (first < month) await summariseMonth(present, { patientId, month: first });
  await summariseMonth(present, { patientId, month });
  await replanPatient(present, patientId);
  await askBoxOf(present, shadow, patientId);
  await projectCase(present, patientId);
}
