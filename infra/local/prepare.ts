import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { requireLine } from '../bundle.ts';
import { hashInputs } from './inputs.ts';

export interface Prepared {
  /** The cloud assembly to run. */
  readonly assembly: string;
  /** The folder that a deployment would upload as the web app. */
  readonly web: string;
  /** The bundle that fills an empty product with the demonstration. */
  readonly seed: string;
  /** Changes whenever the code that makes state changes. */
  readonly codeHash: string;
}

interface Step {
  readonly what: string;
  readonly inputs: string;
  readonly output: string;
  make(): Promise<unknown>;
}

const running = new Set<ChildProcess>();

/**
 * Synthesises the templates, builds the web app and bundles the seed, each only when something it is made of has changed.
 * `meanwhile` is done on the core that is idle while the templates are not ready yet.
 */
export async function prepare(
  root: string,
  wanted: { readonly web: boolean; readonly asIs: boolean },
  tell: (line: string) => void,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Prepared> {
  const directory = join(root, '.local');
  mkdirSync(directory, { recursive: true });
  const steps = { templates: templates(root, directory), webApp: webApp(root), seed: seedBundle(root, directory) };
  const isWanted = ({ output }: Step) => !(wanted.asIs && existsSync(output));
  // The templates take as long as the others one after the other, and a machine may have two cores.
  const rest = [...(wanted.web ? [steps.webApp] : []), steps.seed];
  const inOrder = async (some: readonly Step[]) => {
    for (const step of some.filter(isWanted)) await runStep(directory, step, tell);
  };
  await Promise.all([inOrder([steps.templates]), inOrder(rest).then(meanwhile)]);
  const seeds = hashInputs(root, ['infra/local/seed', 'infra/local/aws']);
  return {
    ...{ assembly: steps.templates.output, web: steps.webApp.output, seed: steps.seed.output },
    codeHash: `${steps.templates.inputs}${seeds}`.slice(0, 64) + seeds.slice(0, 16),
  };
}

function templates(root: string, directory: string): Step {
  const output = join(directory, 'cdk.out');
  const localOnly = (path: string) => path.startsWith('infra/local');
  return {
    what: 'templates',
    inputs: hashInputs(root, ['infra', 'functions', 'cdk.json', 'package-lock.json'], localOnly),
    output,
    // The templates are checked where they are deployed and in the tests; here seconds count.
    make: () => run(root, ['--import', 'tsx', 'infra/app.ts'], { CDK_OUTDIR: output, CDK_VALIDATION: 'false' }),
  };
}

function webApp(root: string): Step {
  return {
    what: 'web app',
    inputs: hashInputs(root, ['web', 'functions', 'package-lock.json']),
    output: join(root, 'dist/web'),
    // Tests start this too, with a NODE_ENV of their own: what they try must be what people get, offline and all.
    make: () =>
      run(root, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'], { NODE_ENV: 'production' }),
  };
}

function seedBundle(root: string, directory: string): Step {
  const output = join(directory, 'seed', 'index.mjs');
  return {
    what: 'demonstration',
    inputs: hashInputs(root, [
      'infra/local/seed',
      'infra/local/control',
      'infra/local/messages',
      'functions',
      'package-lock.json',
    ]),
    output,
    make: () =>
      build({
        ...{
          entryPoints: [join(root, 'infra/local/seed/life/handler.ts')],
          outfile: output,
          banner: { js: requireLine },
        },
        ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'silent' },
        ...{ mainFields: ['module', 'main'], conditions: ['module'] },
      }),
  };
}

/** Ends a build that is still under way, when the program is stopped meanwhile. */
export function stopPreparing(): void {
  for (const child of running) child.kill();
}

async function runStep(directory: string, step: Step, tell: (line: string) => void): Promise<void> {
  const stamp = join(directory, `${step.what.replace(' ', '-')}.hash`);
  if (existsSync(step.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === step.inputs) return;
  rmSync(stamp, { force: true });
  tell(`building the ${step.what} …`);
  const began = performance.now();
  await step.make().catch((error) => {
    throw new Error(`The ${step.what} could not be built:\n${error instanceof Error ? error.message : error}`);
  });
  writeFileSync(stamp, step.inputs);
  tell(`built the ${step.what} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function run(root: string, command: readonly string[], more: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...more, NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(process.execPath, [...command], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new Error(output.trim()));
    });
  });
}
