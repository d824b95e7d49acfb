import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the product runs, as a browser sees it. */
    origin: string;
    /** Where its pill boxes connect. */
    mqtts: string;
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** What deliveries do to us in these tests, always the same. */
const HOSTILE_SEED = '7';
/** A Monday, 09:40 in India: a working day begins. */
const BEGINS_AT = '2026-11-30T04:10:00.000Z';
const READY_WITHIN_MS = 170_000;

/** Starts the whole product once, empty and hostile, for all tests that go through its public doors. */
export default async function running(project: TestProject): Promise<() => Promise<void>> {
  const port = Number(process.env.PORT ?? (await freeStretch()));
  const product = await startProduct(port, ['--empty', '--at', BEGINS_AT, '--hostile', HOSTILE_SEED, ...webFlag()]);
  project.provide('origin', product.origin);
  project.provide('mqtts', `mqtts://localhost:${port + 3}`);
  return product.stop;
}

export interface Product {
  readonly origin: string;
  /** Ends it, and fails the run when a role had refused anything. */
  stop(): Promise<void>;
}

/** The product in a process of its own, with a folder for its state and logs next to the others. */
export async function startProduct(port: number, args: readonly string[]): Promise<Product> {
  const folder = process.env.CARECONNECT_LOCAL ?? `${root}/.local/product`;
  const child = fork(`${root}/infra/local/main.ts`, [...args], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORT: String(port), CARECONNECT_LOCAL: `${folder}-${port}`, CARECONNECT_PARENT: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const origin = await ready(child);
  return {
    origin,
    async stop() {
      await refuseDenied(origin);
      await stop(child);
    },
  };
}

/** `CARECONNECT_NO_WEB=1` leaves the web app out, when only its back end is being tested. */
function webFlag(): string[] {
  return process.env.CARECONNECT_NO_WEB === '1' ? ['--no-web'] : [];
}

/** After all tests: nothing that a function did was forbidden by its role. On AWS each of these would have failed. */
async function refuseDenied(origin: string): Promise<void> {
  const denied: unknown = await (await fetch(`${origin}/local/denied`)).json();
  if (Array.isArray(denied) && denied.length === 0) return;
  process.stderr.write(`\nCalls that a role did not allow:\n${JSON.stringify(denied, undefined, 2)}\n`);
  process.exitCode = 1;
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        // After it is ready, what it says is news.
        if (timer === undefined) process.stderr.write(text);
      });
    }
    let timer: NodeJS.Timeout | undefined = setTimeout(() => fail('was not ready in time'), READY_WITHIN_MS);
    const fail = (what: string) => {
      clearTimeout(timer);
      child.kill();
      reject(new Error(`The product ${what}:\n${output}`));
    };
    child.on('exit', (code, signal) => {
      if (timer === undefined && !child.killed) process.stderr.write(`\nThe product ended with ${signal ?? code}.\n`);
      fail(`ended with ${signal ?? code}`);
    });
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('origin' in message)) return;
      clearTimeout(timer);
      timer = undefined;
      resolve(String(message.origin));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Four ports in a row, not those that `npm start` uses. */
export async function freeStretch(): Promise<number> {
  for (let port = 4600; port < 4800; port += 4) {
    const free = await Promise.all([0, 1, 2, 3].map((step) => isFree(port + step)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no four free ports in a row from 4600');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
