import { beforeAll, expect, inject, it } from 'vitest';
import { addDays, localDateOf } from '../../functions/shared/time.ts';
import { courseOf } from '../pillbox/course.ts';
import { zone } from '../pillbox/life.ts';
import { Local } from '../pillbox/local-cloud.ts';
import { printed } from '../pillbox/print.ts';
import { productWorld } from '../pillbox/product-world.ts';
import { runCourse } from '../pillbox/run.ts';
import { broken } from '../pillbox/score.ts';
import { local as clock } from './support/local.ts';

/** A small fleet with everything in it: a flat battery, outages, doses in a pocket, two who stop, each upload interval. */
const course = { fleet: 10, days: 3, seed: 57, wakesEverySeconds: 3600 };

// Another file of tests may have used the administrator's code of this half minute, and a code counts once.
beforeAll(async () => void (await clock.advance('PT30S')));

it('loses and doubles no opening of ten boxes in three days of faults, and blames the right one', async () => {
  const local = new Local(inject('origin'), 'hours');
  const firstDate = addDays(localDateOf(await local.now(), zone), 1);
  const world = await productWorld(local, firstDate);
  const result = await runCourse(world, courseOf({ ...course, firstDate }));
  world.close();
  expect(broken(result), printed(result)).toEqual([]);
  expect(result.openings.sent).toBeGreaterThan(10);
}, 600_000);
