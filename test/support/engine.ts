import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';

export type Engine = { readonly endpoint: string; stop(): void };

/** Starts the real table engine on a free port, or names the one at `DYNAMODB_ENDPOINT`. */
export async function startEngine(): Promise<Engine> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given) return { endpoint: given, stop: () => undefined };
  const port = await freePort();
  const child = spawn(engineBinary(), ['--port', String(port)], { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswering(endpoint);
  return {
    endpoint,
    stop: () => {
      child.kill('SIGKILL');
    },
  };
}

function engineBinary(): string {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve('@dynoxide/linux-x64/package.json').replace('package.json', 'dynoxide');
  if (!existsSync(path))
    throw new Error('no table engine for this system: set DYNAMODB_ENDPOINT to any DynamoDB-compatible address');
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilAnswering(endpoint: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 25));
    }
  }
  throw new Error('the table engine did not start');
}
