import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { root } from '../../infra/bundle.ts';
import { bars } from './bars.ts';
import { atMost, notMeasured, type Row } from './row.ts';

const ports = '4840';
const longestStartMs = 180_000;

/** A fresh clone of what was committed last, with the dependencies that are installed here: from `npm start` to ready. */
export async function startTime(): Promise<readonly Row[]> {
  const what = 'start of a fresh clone, dependencies installed';
  if (!existsSync(join(root, '.git'))) return [notMeasured(what, 'no clone', `≤ ${bars.startSeconds} s`)];
  const folder = mkdtempSync(join(tmpdir(), 'careconnect-start-'));
  const clone = join(folder, 'clone');
  try {
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone]);
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
    return [atMost(what, await readyAfterSeconds(clone), bars.startSeconds, 's')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readyAfterSeconds(clone: string): Promise<number> {
  const began = performance.now();
  const env = { ...process.env, PORT: ports };
  const child = spawn(process.execPath, ['infra/local/start.mjs'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await isReady(child);
    return (performance.now() - began) / 1000;
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGINT')) await ended;
  }
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => reject(new Error(`npm start ${why}:\n${said}`));
    const late = setTimeout(() => fail('was not ready in time'), longestStartMs);
    child.on('exit', (code) => fail(`ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (!said.includes('CareConnect is ready at')) return;
        clearTimeout(late);
        resolve();
      });
    }
  });
}

const VitestReport = z.object({
  startTime: z.number(),
  testResults: z.array(z.object({ endTime: z.number() })),
  success: z.boolean(),
});

/** The rules alone, from the start of the first file to the end of the last; the second time, as whoever works here runs them. */
export async function unitTests(): Promise<readonly Row[]> {
  await rules();
  const report = await rules();
  const seconds = (Math.max(...report.testResults.map((one) => one.endTime)) - report.startTime) / 1000;
  return [
    atMost('unit tests, modules turned into JavaScript before', seconds, bars.unitTestSeconds, 's'),
    ...(report.success ? [] : [{ what: 'unit tests', measured: 'some fail', bar: 'all pass', ok: false }]),
  ];
}

async function rules(): Promise<z.infer<typeof VitestReport>> {
  const file = join(mkdtempSync(join(tmpdir(), 'careconnect-units-')), 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'rules'];
  const reports = ['--reporter=json', `--outputFile=${file}`];
  const child = spawn(process.execPath, [...args, ...reports], { cwd: root, stdio: 'ignore' });
  await once(child, 'exit');
  return z.parse(VitestReport, JSON.parse(readFileSync(file, 'utf8')));
}

const Run = z.object({ at: z.string(), seconds: z.number(), failed: z.optional(z.string()) });

/** What the last `npm test` on this machine wrote down. */
export async function allTests(): Promise<readonly Row[]> {
  const file = join(root, '.local/tests/run.json');
  const bar = `≤ ${bars.allTestSeconds} s`;
  if (!existsSync(file)) return [notMeasured('all of npm test', 'run npm test first', bar)];
  const { at, seconds, failed } = z.parse(Run, JSON.parse(readFileSync(file, 'utf8')));
  if (failed !== undefined) return [notMeasured(`all of npm test, ${at.slice(0, 16)}`, `it failed at ${failed}`, bar)];
  return [atMost(`all of npm test, ${at.slice(0, 16)}`, seconds, bars.allTestSeconds, 's')];
}
