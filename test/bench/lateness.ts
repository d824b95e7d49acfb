import * as z from 'zod/mini';
import { Due } from '../../functions/reminders/due.ts';
import { handOver } from '../../functions/reminders/hand-over.ts';
import { planDue } from '../../functions/reminders/plan-due.ts';
import { runDue } from '../../functions/reminders/run-due.ts';
import { addSeconds, type Instant, secondsBetween } from '../../functions/shared/time.ts';
import { Queues, randomFrom } from '../flow/queues.ts';
import { createTestTools, type TestTools } from '../support/table-tools.ts';

export type Lateness = {
  readonly p99Seconds: number;
  readonly lost: number;
  /** After an outage: from the first tick until the last piece of what was due meanwhile was begun. */
  readonly caughtUpSeconds: number;
};

const start = '2026-11-30T00:00:00.000Z';
const pieces = 2_000;
const hours = 4;

/**
 * Deadlines at any second of four hours, planned ahead or a moment before, ticks that come up to 59 s late, a queue that
 * repeats and shuffles. How late is each begun? Time is simulated: what computing takes is measured elsewhere.
 */
export async function latenessOf(endpoint: string, { outageHours = 0 }: { outageHours?: number }): Promise<Lateness> {
  const random = randomFrom(7);
  const base = await createTestTools(endpoint, { now: start });
  const queues = new Queues({ batch: 10, seed: 7 });
  const tools: TestTools = {
    ...base,
    send: async (queue, messages) => {
      for (const message of messages) queues.put(queue, message, base.now());
    },
  };
  const planned = Array.from({ length: pieces }, (_, index) => aDeadline(index, random));
  const outageTo = addSeconds(start, (outageHours + 0.5) * 3600);
  const ticks = ticksOf(random).filter((at) => outageHours === 0 || at < addSeconds(start, 1800) || at >= outageTo);
  const begun = await pass(tools, queues, planned, ticks);
  const late = planned
    .map(({ due }) => begun.get(due.ref))
    .filter((seconds) => seconds !== undefined)
    .sort((a, b) => a - b);
  const first = ticks.find((at) => at >= outageTo) ?? outageTo;
  const after = planned
    .filter(({ due }) => due.at <= first)
    .map(({ due }) => secondsBetween(first, addSeconds(due.at, begun.get(due.ref) ?? 0)));
  return {
    p99Seconds: late[Math.floor(late.length * 0.99)] ?? 0,
    lost: pieces - late.length,
    caughtUpSeconds: Math.max(0, ...after),
  };
}

type Planned = { readonly plannedAt: Instant; readonly due: Due };

function aDeadline(index: number, random: () => number): Planned {
  const at = addSeconds(start, 300 + Math.floor(random() * (hours * 3600 - 600)));
  const ahead = random() < 0.3 ? random() * 120 : 3600 + random() * 7200;
  const patientId = `pat_${index}`;
  const work = { step: 'acknowledge-by' as const, patientId, alertId: `alt_${index}`, rung: 0 };
  return { plannedAt: [start, addSeconds(at, -ahead)].sort().at(-1) ?? start, due: { at, ref: `alt_${index}`, work } };
}

/** One a minute, each up to 59 s late. */
function ticksOf(random: () => number): Instant[] {
  return Array.from({ length: hours * 60 + 10 }, (_, minute) => addSeconds(start, minute * 60 + random() * 59));
}

/** Lets it all happen in order of time; answers how late each piece was first begun. */
async function pass(
  tools: TestTools,
  queues: Queues,
  planned: readonly Planned[],
  ticks: readonly Instant[],
): Promise<Map<string, number>> {
  const begun = new Map<string, number>();
  const plans = [...planned].sort((a, b) => (a.plannedAt < b.plannedAt ? -1 : 1));
  const left = [...ticks];
  for (;;) {
    const next = [plans[0]?.plannedAt, left[0], queues.next()].filter((at) => at !== undefined).sort()[0];
    if (next === undefined) return begun;
    tools.setNow(next);
    for (let plan = plans[0]; plan && plan.plannedAt <= next; plan = plans[0]) {
      plans.shift();
      await planDue(tools, plan.due);
    }
    if (left[0] !== undefined && left[0] <= next) {
      left.shift();
      await handOver(tools);
    }
    for (let batch = queues.take(next); batch; batch = queues.take(next)) {
      for (const { body } of batch.messages) {
        const due = z.parse(Due, body);
        if (!begun.has(due.ref)) begun.set(due.ref, secondsBetween(due.at, next));
        await runDue(tools, due);
      }
    }
  }
}
