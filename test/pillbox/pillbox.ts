import { parseArgs } from 'node:util';
import { addDays, localDateOf } from '../../functions/shared/time.ts';
import { courseOf } from './course.ts';
import { zone } from './life.ts';
import { Local, startLocal } from './local-cloud.ts';
import { printed } from './print.ts';
import { productWorld } from './product-world.ts';
import { runCourse } from './run.ts';
import { broken } from './score.ts';

const usage = `A fleet of simulated pill boxes against the product, over MQTT with certificates, with known truth.

  npm run pillbox -- [--fleet 150] [--days 30] [--seed 7] [--url http://localhost:4280] [--port 4380] [--calm]

Without --url it starts an empty product of its own at --port. With --url it adds a facility of its own to the one that runs
there and moves its clock. Deliveries are hostile unless --calm.`;

const { values } = parseArgs({
  options: {
    fleet: { type: 'string', default: '150' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '7' },
    url: { type: 'string' },
    port: { type: 'string', default: '4380' },
    calm: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [fleet, days, seed, port] = [values.fleet, values.days, values.seed, values.port].map(Number);
if (values.help || !fleet || !days || seed === undefined || !Number.isInteger(seed) || !port) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const began = Date.now();
const tell = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const own = values.url === undefined ? await startLocal(port, '2026-11-29T18:00:00.000Z') : undefined;
process.once('SIGINT', () => void own?.stop().then(() => process.exit(130)));
try {
  const local = own?.local ?? new Local(values.url ?? '');
  const firstDate = addDays(localDateOf(await local.now(), zone), 1);
  const course = courseOf({ fleet, days, seed, firstDate });
  tell(`${fleet} boxes, ${days} days from ${firstDate}, seed ${seed}, at ${local.origin}`);
  const world = await productWorld(local, firstDate);
  if (!values.calm) await local.beHostile(seed);
  const result = await runCourse(world, course, tell);
  world.close();
  console.log(`\n${printed(result)}`);
  process.exitCode = broken(result).length === 0 ? 0 : 1;
} finally {
  await own?.stop();
}
