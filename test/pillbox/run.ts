import { conclude } from './conclude.ts';
import type { Course, Happening } from './course.ts';
import { makeRounds } from './nurse.ts';
import { type Score, score } from './score.ts';
import type { Enrolled, World } from './world.ts';

/** Lets a course happen in a world and compares what the product concluded with what was true. */
export async function runCourse(
  world: World,
  course: Course,
  tell: (line: string) => void = () => undefined,
): Promise<Score> {
  const enrolled: Enrolled[] = [];
  for (const { personality } of course.lives) enrolled.push(await world.enrol(personality));
  tell(`${enrolled.length} patients enrolled, each with a box`);
  let day = '';
  for (const together of inSteps(course.happenings)) {
    const at = together[0]?.at ?? course.endsAt;
    await world.goTo(at);
    if (at.slice(0, 10) !== day) tell(at.slice(0, 10));
    day = at.slice(0, 10);
    await Promise.all(together.map((one) => happen(world, course, one, enrolled)));
  }
  await world.goTo(course.endsAt);
  const concluded = await conclude(world, course, enrolled);
  const cases = course.lives.map((life, index) => {
    const [story, said] = [course.stories[index], concluded[index]];
    if (!story || !said) throw new Error('a life without an end');
    return { life, story, concluded: said };
  });
  return score(cases, await world.messages(), course.endsAt);
}

/** What happens at one instant: boxes speak side by side. */
function inSteps(happenings: readonly Happening[]): Happening[][] {
  const steps: Happening[][] = [];
  for (const one of happenings) {
    const last = steps.at(-1);
    if (last?.[0]?.at === one.at) last.push(one);
    else steps.push([one]);
  }
  return steps;
}

async function happen(world: World, { lives }: Course, one: Happening, enrolled: readonly Enrolled[]): Promise<void> {
  if (one.what === 'night') return await world.night();
  if (one.what === 'rounds') {
    const lifeOf = (patientId: string) => lives[enrolled.findIndex((known) => known.patientId === patientId)];
    return await makeRounds(world, one.at, lifeOf);
  }
  const life = lives[one.index];
  const { patientId } = enrolled[one.index] ?? {};
  if (!life || patientId === undefined) return;
  if (one.what === 'report') return await world.report(life.personality, one.outgoing);
  const [from, to] = [one.dates[0], one.dates.at(-1)];
  const declaration = { declarationId: `pocket-${one.index}`, from, to };
  await world.nurse.post(`/api/treatment/patients/${patientId}/pocket-doses`, declaration);
}
