import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs } from './inputs.ts';

export interface Prepared {
  /** The cloud assembly to run. */
  readonly assembly: string;
  /** The folder that a deployment would upload as the web app. */
  readonly web: string;
  /** Changes whenever the code that makes state changes. */
  readonly codeHash: string;
}

interface Step {
  readonly what: string;
  readonly inputs: string;
  readonly output: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();

/** Synthesises the templates and builds the web app, each only when something it is made of has changed. */
export async function prepare(
  root: string,
  wanted: { readonly web: boolean; readonly asIs: boolean },
  tell: (line: string) => void,
): Promise<Prepared> {
  const directory = join(root, '.local');
  mkdirSync(directory, { recursive: true });
  const assembly = join(directory, 'cdk.out');
  const web = join(root, 'dist/web');
  const localOnly = (path: string) => path.startsWith('infra/local');
  const synthesis: Step = {
    what: 'templates',
    inputs: hashInputs(root, ['infra', 'functions', 'cdk.json', 'package-lock.json'], localOnly),
    output: assembly,
    command: ['--import', 'tsx', 'infra/app.ts'],
    // The templates are checked where they are deployed and in the tests; here seconds count.
    env: { CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' },
  };
  const steps = [synthesis];
  if (wanted.web) {
    steps.push({
      what: 'web app',
      inputs: hashInputs(root, ['web', 'functions', 'package-lock.json']),
      output: web,
      command: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
      // Tests start this too, with a NODE_ENV of their own: what they try must be what people get, offline and all.
      env: { NODE_ENV: 'production' },
    });
  }
  if (!wanted.asIs || !existsSync(assembly))
    await Promise.all(steps.map((step) => runStep(root, directory, step, tell)));
  const seeds = hashInputs(root, ['infra/local/seed', 'infra/local/aws']);
  return { assembly, web, codeHash: `${synthesis.inputs}${seeds}`.slice(0, 64) + seeds.slice(0, 16) };
}

/** Ends a build that is still under way, when the program is stopped meanwhile. */
export function stopPreparing(): void {
  for (const child of running) child.kill();
}

async function runStep(root: string, directory: string, step: Step, tell: (line: string) => void): Promise<void> {
  const stamp = join(directory, `${step.what.replace(' ', '-')}.hash`);
  if (existsSync(step.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === step.inputs) return;
  rmSync(stamp, { force: true });
  tell(`building the ${step.what} …`);
  const began = performance.now();
  await run(root, step);
  writeFileSync(stamp, step.inputs);
  tell(`built the ${step.what} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function run(root: string, step: Step): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...step.env, NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(process.execPath, [...step.command], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new Error(`The ${step.what} could not be built:\n${output.trim()}`));
    });
  });
}
