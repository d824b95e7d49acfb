import { expect, inject, it } from 'vitest';
import { addDays, localDateOf } from '../../functions/shared/time.ts';
import { courseOf } from '../pillbox/course.ts';
import { zone } from '../pillbox/life.ts';
import { Local } from '../pillbox/local-cloud.ts';
import { printed } from '../pillbox/print.ts';
import { productWorld } from '../pillbox/product-world.ts';
import { runCourse } from '../pillbox/run.ts';
import { broken } from '../pillbox/score.ts';

it('loses and doubles no opening of ten boxes in three days of faults, and blames the right one', async () => {
  const local = new Local(inject('origin'));
  const firstDate = addDays(localDateOf(await local.now(), zone), 1);
  const course = courseOf({ fleet: 10, days: 3, seed: 7, firstDate });
  const world = await productWorld(local, firstDate);
  const result = await runCourse(world, course);
  world.close();
  expect(broken(result), printed(result)).toEqual([]);
  expect(result.openings.sent).toBeGreaterThan(10);
}, 600_000);
