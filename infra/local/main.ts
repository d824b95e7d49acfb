import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Cloud } from './cloud.ts';
import { DEFAULT_PORT } from './ports.ts';
import { prepare, stopPreparing } from './prepare.ts';
import type { Product } from './product.ts';

process.env.TZ = 'UTC';
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    /** Initial time, an ISO instant. */
    at: { type: 'string' },
    /** Ready with nothing in it, for tests that bring their own people. */
    empty: { type: 'boolean', default: false },
    /** Only the eight people with a story: nobody fills in behind them, and nothing is kept. */
    stories: { type: 'boolean', default: false },
    /** Takes no kept state and keeps none. */
    fresh: { type: 'boolean', default: false },
    /** Runs without building the web app. */
    'no-web': { type: 'boolean', default: false },
    /** Runs what was built last, whatever has changed since. */
    'as-is': { type: 'boolean', default: false },
    hostile: { type: 'string' },
  },
});
const port = Number(process.env.PORT ?? DEFAULT_PORT);
const directory = process.env.CARECONNECT_LOCAL ?? join(root, '.local');
const tell = (line: string) => console.log(`  ${line}`);
/** Since this program began. */
const seconds = () => (performance.now() / 1000).toFixed(1);

let stopping = false;
let product: Product | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
// Started by another program: it goes when that goes.
if (process.env.CARECONNECT_PARENT !== undefined) process.on('disconnect', () => void stop(0));

try {
  await run();
} catch (error) {
  if (!stopping) console.error(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  await stop(1);
}

async function run(): Promise<void> {
  const load = () => import('./product.ts');
  const prepared = await prepare(root, { web: !values['no-web'], asIs: values['as-is'] }, tell, load);
  const { Product } = await load();
  const { at, empty, stories, fresh, hostile } = values;
  product = new Product({ prepared, port, directory, at, empty, stories, fresh, hostile });
  await product.run(tell, ready);
}

function ready(running: Cloud, hasWeb: boolean): void {
  const { appOrigin, ports } = running;
  console.log(`\nCareConnect is ready at ${appOrigin} (${seconds()} s)${hasWeb ? '' : ', without its web app'}`);
  console.log(`  demonstration   ${appOrigin}/local/demo`);
  console.log(`  accounts        ${appOrigin}/local/accounts`);
  console.log(`  pill boxes      mqtts://localhost:${ports.mqtts}`);
  console.log(`  time            ${new Date(running.clock.now()).toISOString()}`);
  const shown = new Set<string>();
  for (const account of running.people.accounts) {
    if (shown.has(account.role)) continue;
    shown.add(account.role);
    console.log(
      `  ${account.role.padEnd(15)} ${account.signIn}  ${account.password}${account.totpSecret ? '  (six digits at /local/accounts)' : ''}`,
    );
  }
  process.send?.({ ready: true, origin: appOrigin });
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopPreparing();
  const late = setTimeout(() => process.exit(code), 5000);
  late.unref();
  await product?.stop();
  process.exit(code);
}
