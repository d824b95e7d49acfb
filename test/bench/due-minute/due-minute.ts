import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { Due } from '../../../functions/reminders/due.ts';
import { handOver } from '../../../functions/reminders/hand-over.ts';
import { crowd } from './crowd.ts';
import type { Done, Work } from './worker.ts';

const processes = 2;
const script = fileURLToPath(new URL('worker.ts', import.meta.url));

export type DueMinute = {
  readonly doses: number;
  /** The tick, a minute ahead. */
  readonly handedOverInSeconds: number;
  /** From their second until the last message left. */
  readonly leftInSeconds: number;
  readonly left: number;
  readonly writesPerDose: number;
};

/** So many doses due in one minute, by the real tick, the real actions and the real table engine, on this machine. */
export async function dueMinuteOf(endpoint: string, doses: number): Promise<DueMinute> {
  const tools = await crowd(endpoint, doses);
  tools.setNow('2026-11-30T02:29:00.500Z');
  tools.sent.length = 0;
  const tick = performance.now();
  await handOver(tools);
  const handedOverInSeconds = (performance.now() - tick) / 1000;
  const due = tools.sent.map(({ message }) => z.parse(Due, message.body));
  const workers = await Promise.all(Array.from({ length: processes }, ready));
  const began = performance.now();
  const done = await Promise.all(
    workers.map((worker, index) => {
      const share = due.filter((_, place) => place % processes === index);
      return carriedOut(worker, { endpoint, tableName: tools.tableName, due: share });
    }),
  );
  const leftInSeconds = (performance.now() - began) / 1000;
  for (const worker of workers) worker.kill();
  const sum = (of: (one: Done) => number) => done.reduce((total, one) => total + of(one), 0);
  return {
    doses: due.length,
    handedOverInSeconds,
    leftInSeconds,
    left: sum((one) => one.left),
    writesPerDose: sum((one) => one.writes) / due.length,
  };
}

async function ready(): Promise<ChildProcess> {
  const child = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return child;
}

const DoneShape = z.object({ left: z.number(), writes: z.number() });

async function carriedOut(worker: ChildProcess, work: Work): Promise<Done> {
  const answer = once(worker, 'message');
  const failed = once(worker, 'exit').then(([code]) => {
    throw new Error(`a worker ended with ${code}`);
  });
  worker.send(work);
  const [message] = await Promise.race([answer, failed]);
  return z.parse(DoneShape, message);
}
