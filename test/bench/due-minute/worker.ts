import * as z from 'zod/mini';
import { deliver, Queued } from '../../../functions/notifications/deliver.ts';
import type { Post } from '../../../functions/notifications/post.ts';
import { Due } from '../../../functions/reminders/due.ts';
import { runDue } from '../../../functions/reminders/run-due.ts';
import type { Tools } from '../../../functions/shared/tools.ts';
import { createTestTools } from '../../support/table-tools.ts';
import { dueAt } from './crowd.ts';
import { inParallel } from './parallel.ts';

/** One of the processes that carry out what is due: real actions over the shared table, messages counted where they leave. */
export type Work = { readonly endpoint: string; readonly tableName: string; readonly due: readonly Due[] };
export type Done = { readonly left: number; readonly writes: number };

const atOnce = 24;

process.on('message', (work: Work) => void carryOut(work));
process.send?.('ready');

async function carryOut({ endpoint, tableName, due }: Work): Promise<void> {
  const base = await createTestTools(endpoint, { tableName, now: dueAt });
  let left = 0;
  const leaves = async () => {
    left += 1;
    return undefined;
  };
  const post: Post = { push: leaves, sms: leaves, email: leaves, topic: leaves };
  const tools: Tools = {
    ...base,
    // What would wait on its queue for a moment is delivered at once, by the same process.
    send: async (_, messages) => {
      for (const { body } of messages) await deliver(base, post, z.parse(Queued, body));
    },
  };
  base.units();
  await inParallel(atOnce, due, (one) => runDue(tools, z.parse(Due, one)));
  const done: Done = { left, writes: base.units().writes };
  process.send?.(done);
}
