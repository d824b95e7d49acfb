import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CognitoState } from './cognito/cognito.ts';
import type { IotState } from './iot/iot.ts';
import type { KeptObject } from './s3/kept-objects.ts';
import type { Topics } from './sns/topics.ts';
import type { QueuesState } from './sqs/queues.ts';
import type { OutboxEntry } from './types.ts';

/** Everything but the tables, which stay in the engine's own file. */
export type KeptState = {
  cognito: CognitoState;
  iot: IotState;
  topics: ReturnType<Topics['dump']>;
  queues: QueuesState;
  objects: KeptObject[];
  outbox: OutboxEntry[];
};

const stateFile = 'state.json';
const tables = 'tables.sqlite';

/** A directory for this run's tables, taken from a kept state when there is one; those of crashed runs are removed. */
export function runDirectory(
  dataDir: string,
  restoreFrom: string | undefined,
): { directory: string; tablesFile: string } {
  for (const name of existsSync(dataDir) ? readdirSync(dataDir) : []) {
    const pid = /^run-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
  const directory = path.join(dataDir, `run-${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`);
  mkdirSync(directory, { recursive: true });
  if (restoreFrom !== undefined) copyTables(restoreFrom, directory);
  return { directory, tablesFile: path.join(directory, tables) };
}

/** SQLite keeps what is not yet in its file beside it: the three belong together. */
export function copyTables(from: string, to: string): void {
  for (const name of [tables, `${tables}-wal`, `${tables}-shm`])
    if (existsSync(path.join(from, name))) copyFileSync(path.join(from, name), path.join(to, name));
}

export function writeState(directory: string, state: KeptState): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, stateFile), JSON.stringify(state));
}

/** Dates in the user directory are the fields whose name ends with `Date`. */
export function readState(directory: string | undefined): KeptState | undefined {
  if (directory === undefined) return undefined;
  return JSON.parse(readFileSync(path.join(directory, stateFile), 'utf8'), (name, value) =>
    name.endsWith('Date') && typeof value === 'string' ? new Date(value) : value,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
