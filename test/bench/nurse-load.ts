import { courseOf } from '../pillbox/course.ts';
import { flowWorld } from '../pillbox/flow-world.ts';
import { runCourse } from '../pillbox/run.ts';
import { bars } from './bars.ts';
import { atLeast, atMost, type Row } from './row.ts';

const patients = 150;
const days = 7;

/** A team's nurse with 150 patients whose boxes do what boxes do: how often is she interrupted, and was it true? */
export async function nurseLoad(endpoint: string, tell: (line: string) => void): Promise<readonly Row[]> {
  const course = courseOf({ fleet: patients, days, seed: 7, firstDate: '2026-11-30' });
  const world = await flowWorld(endpoint, course.startsAt, course.firstDate);
  const { messages, alerts, openings } = await runCourse(world, course, tell);
  const what = `${patients} patients, ${days} days`;
  return [
    atMost(
      `${what}: immediate messages, the worst nurse-day`,
      messages.mostImmediate,
      bars.immediateMessagesPerNurseDay,
      'messages',
    ),
    atMost(`${what}: digests, the worst nurse-day`, messages.mostDigests, bars.digestsPerNurseDay, 'digests'),
    atLeast(
      `${what}: alerts that were true (of ${alerts.raised})`,
      alerts.raised === 0 ? 1 : alerts.true / alerts.raised,
      bars.trueAlertShare,
      'of 1',
    ),
    atMost(`${what}: openings lost or doubled (of ${openings.sent})`, openings.lost + openings.doubled, 0, 'openings'),
  ];
}
