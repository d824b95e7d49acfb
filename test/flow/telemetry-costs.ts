import { recordTelemetry } from '../../functions/devices/record-telemetry.ts';
import { readBox } from '../../functions/devices/store.ts';
import type { TelemetryRecord } from '../../functions/devices/telemetry.ts';
import { addSeconds } from '../../functions/shared/time.ts';
import { days } from '../../functions/treatment/days.ts';
import { aHeartbeat, anOpening, aRecord } from '../devices/support/events.ts';
import { FlowBox, givenPatient, givenTeam } from './given.ts';
import { Flow } from './pump.ts';
import { randomFrom } from './queues.ts';

const plan = { start: '2026-11-30' };

async function morning(endpoint: string): Promise<{ flow: Flow; box: FlowBox }> {
  const flow = await Flow.start(endpoint, { now: '2026-11-29T10:30:00.000Z' });
  const team = await givenTeam(flow);
  await givenPatient(flow, team, { patientId: 'pat_box', plan, uploadIntervalHours: 1 });
  const box = new FlowBox(flow);
  await box.beats();
  await flow.goTo('2026-11-30T03:00:00.000Z');
  return { flow, box };
}

/** Write units of one event with all that follows from it at once: the day, the box's state, the row of the caseload. */
export async function eventWrites(endpoint: string): Promise<{ opening: number; heartbeat: number; repeat: number }> {
  const { flow, box } = await morning(endpoint);
  flow.reset();
  await box.opens();
  const opening = flow.reset().writes;
  flow.tools.advance(3600);
  await box.beats();
  const heartbeat = flow.reset().writes;
  flow.tools.advance(60);
  await box.repeats();
  return { opening, heartbeat, repeat: flow.reset().writes };
}

/** Two days of a box, taken in in as many orders with as many repetitions: how many different ends there are. One is right. */
export async function endsUnderAnyOrder(endpoint: string, seeds: readonly number[]): Promise<number> {
  const ends = new Set<string>();
  for (const seed of seeds) ends.add(await endOf(endpoint, seed));
  return ends.size;
}

async function endOf(endpoint: string, seed: number): Promise<string> {
  const flow = await Flow.start(endpoint, { now: '2026-11-29T10:30:00.000Z' });
  const { tools } = flow;
  const team = await givenTeam(flow);
  await givenPatient(flow, team, { patientId: 'pat_box', plan });
  tools.setNow('2026-12-01T21:31:00.000Z');
  const random = randomFrom(seed);
  const records = twoDays();
  const told = shuffled([...records, ...records.filter(() => random() < 0.4)], random);
  while (told.length > 0) {
    const together = told.splice(0, 1 + Math.floor(random() * 4));
    await flow.does('telemetry', () => recordTelemetry(tools, 'CC-4471', together));
  }
  const { boots, battery, heardAt, openedAt } = (await readBox(tools, 'CC-4471'))?.state ?? {};
  const known = await days(tools, 'pat_box', '2026-11-30', '2026-12-01');
  // How often a day was written depends on the order; what it says must not.
  return JSON.stringify([boots, battery, heardAt, openedAt, known.map(({ version: _, ...day }) => day)]);
}

/** A heartbeat every three hours, at the moment of sending; an opening now and then, sent with the next heartbeat. */
function twoDays(): TelemetryRecord[] {
  return Array.from({ length: 16 }, (_, index) => {
    const at = addSeconds('2026-11-29T22:00:00.000Z', index * 3 * 3600);
    const common = { bootId: '7f3a9c21', seq: index + 1, deviceTime: at, uptimeMs: index * 3 * 3_600_000 };
    const opens = index % 5 === 2;
    const event = opens ? anOpening(common) : aHeartbeat({ ...common, batteryMillivolts: 3900 - index });
    return aRecord(event, { receivedAt: addSeconds(at, opens ? 3 * 3600 + 2 : 2) });
  });
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
