import { addDays, addSeconds, instantAt } from '../../functions/shared/time.ts';
import { course } from '../../functions/treatment/course.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { summariseMonth } from '../../functions/treatment/summarise-month.ts';
import { today } from '../../functions/treatment/today.ts';
import { anOpeningOf, aWitness, twoSlots } from '../treatment/given.ts';
import { givenPatient, givenTeam } from './given.ts';
import { Flow } from './pump.ts';

export type ReadCost = { readonly requests: number; readonly reads: number };

const zone = 'Asia/Kolkata';
const first = '2026-06-01';

/** What a patient's screens read at the end of a long month, five months into a plan with two doses a day, this month's all opened. */
export async function screensOfALongCourse(endpoint: string): Promise<{ today: ReadCost; course: ReadCost }> {
  const flow = await Flow.start(endpoint, { now: instantAt(first, '00:00', zone) });
  const team = await givenTeam(flow);
  const plan = { start: first, prescription: twoSlots };
  const patientId = await givenPatient(flow, team, { patientId: 'pat_long', plan, boxId: 'none' });
  const last = '2026-10-31';
  for (let date = '2026-10-01'; date <= last; date = addDays(date, 1)) await takeBoth(flow, patientId, date);
  for (const month of ['06', '07', '08', '09']) await summariseMonth(flow.tools, { patientId, month: `2026-${month}` });
  flow.tools.setNow(instantAt(last, '21:00', zone));
  return {
    today: await cost(flow, () => today(flow.tools, patientId)),
    course: await cost(flow, () => course(flow.tools, patientId)),
  };
}

let seq = 0;

async function takeBoth(flow: Flow, patientId: string, date: string): Promise<void> {
  for (const time of ['08:04', '20:04']) {
    const at = instantAt(date, time, zone);
    flow.tools.setNow(addSeconds(at, 60));
    const evidence = anOpeningOf('CC-4471', at, ++seq);
    await recordEvidence(flow.tools, { patientId, evidence, witness: aWitness('CC-4471', addSeconds(at, 30)) });
  }
}

async function cost({ tools }: Flow, read: () => Promise<unknown>): Promise<ReadCost> {
  let requests = 0;
  const count = { step: 'initialize', name: 'count', override: true } as const;
  tools.db.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      return await next(args);
    },
    count,
  );
  tools.units();
  await read();
  tools.db.middlewareStack.remove('count');
  return { requests, reads: tools.units().reads };
}
