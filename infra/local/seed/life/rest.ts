import type { DemoBox } from '../../control/people.ts';
import { caseload, type Ordinary } from '../people/caseload.ts';
import { stories, storyNumbers } from '../people/stories.ts';
import { ZONE } from '../when.ts';
import { judged } from './care.ts';
import { enrol } from './enrol.ts';
import { finish } from './finish.ts';
import type { Crew } from './foundation.ts';
import { type Life, lifeOf, liveOrdinary } from './ordinary-life.ts';
import { who } from './stories.ts';
import { past, present } from './tools.ts';

/** Meera's caseload is this many with the eight stories; the second facility has a few. */
export const AT_GUMLA = 150;
const AT_LOHARDAGA = 10;
const SIDE_BY_SIDE = 6;

/** Everybody else, a few lives side by side. `tell` hears of the progress. */
export async function liveTheRest(crew: Crew, tell: (line: string) => void): Promise<DemoBox[]> {
  const waiting = [
    ...caseload('GUM', AT_GUMLA - Object.keys(stories).length, 301, storyNumbers),
    ...caseload('LOH', AT_LOHARDAGA, 41, new Set()),
  ];
  const all = waiting.length;
  const boxes: DemoBox[] = [];
  let done = 0;
  const worker = async () => {
    for (let patient = waiting.shift(); patient; patient = waiting.shift()) {
      const box = demoBox(await live(crew, patient));
      if (box) boxes.push(box);
      done++;
      if (done % 30 === 0 || done === all) tell(`${done} of ${all} more patients with their history`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return boxes;
}

async function live(crew: Crew, patient: Ordinary): Promise<Life> {
  const [nurse, doctor, worker] =
    patient.facility === 'GUM'
      ? [who(crew, 'meera'), who(crew, 'kerketta'), who(crew, 'phulmani')]
      : [who(crew, 'rekha'), who(crew, 'imran'), who(crew, 'sushma')];
  const one = await enrol(patient, { nurse, doctor }, past(10_000 + patient.number));
  const life = lifeOf(one, patient, { nurse, worker });
  await liveOrdinary(life);
  await judged(one, present.now());
  await finish(one);
  return life;
}

/** What the local program must know to go on as this box. */
export function demoBox({ patient, one, box }: Life, left: Partial<DemoBox> = {}): DemoBox | undefined {
  const { keys, plan } = one;
  if (!patient.box || !keys || !box) return undefined;
  return {
    boxId: patient.box.serial,
    ...keys,
    holder: patient.who.name,
    zone: ZONE,
    uploadIntervalHours: patient.box.uploadIntervalHours,
    doseTimes: plan.versions[0]?.slots.map((slot) => slot.time) ?? [],
    ...{ takes: patient.habit.takes, dead: false, boot: box.boot() },
    ...left,
  };
}
