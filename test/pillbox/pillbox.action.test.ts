import { expect, inject, it } from 'vitest';
import { courseOf } from './course.ts';
import { flowWorld } from './flow-world.ts';
import { printed } from './print.ts';
import { runCourse } from './run.ts';
import { broken } from './score.ts';

it('four boxes in a day of faults lose nothing, double nothing, and blame the right one', async () => {
  const course = courseOf({ fleet: 4, days: 1, seed: 7, firstDate: '2026-11-30' });
  const world = await flowWorld(inject('dynamodbEndpoint'), course.startsAt, course.firstDate);
  const result = await runCourse(world, course);
  expect(broken(result), printed(result)).toEqual([]);
  expect(result.openings.sent).toBeGreaterThan(2);
}, 120_000);
