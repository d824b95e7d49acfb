import { conclude } from './conclude.ts';
import type { Course } from './course.ts';
import { makeRounds } from './nurse.ts';
import { type Score, score } from './score.ts';
import type { World } from './world.ts';

/** Lets a course happen in a world and compares what the product concluded with what was true. */
export async function runCourse(
  world: World,
  course: Course,
  tell: (line: string) => void = () => undefined,
): Promise<Score> {
  const patientIds: string[] = [];
  for (const { personality } of course.lives) patientIds.push((await world.enrol(personality)).patientId);
  tell(`${patientIds.length} patients enrolled, each with a box`);
  const lifeOf = (patientId: string) => course.lives[patientIds.indexOf(patientId)];
  let day = '';
  for (const one of course.happenings) {
    await world.goTo(one.at);
    if (one.what === 'night') await world.night();
    else if (one.what === 'rounds') await makeRounds(world, one.at, lifeOf);
    else if (one.what === 'report') {
      const life = course.lives[one.index];
      if (life) await world.report(life.personality, one.outgoing);
    }
    if (one.at.slice(0, 10) !== day) tell(one.at.slice(0, 10));
    day = one.at.slice(0, 10);
  }
  await world.goTo(course.endsAt);
  const concluded = await conclude(world, course, patientIds);
  const cases = course.lives.map((life, index) => {
    const [story, said] = [course.stories[index], concluded[index]];
    if (!story || !said) throw new Error('a life without an end');
    return { life, story, concluded: said };
  });
  return score(cases, await world.messages(), course.endsAt);
}
