import * as z from 'zod/mini';
import { queueHandler } from '../shared/events.ts';
import { createTools } from '../shared/tools.ts';
import { deliver, Queued } from './deliver.ts';
import { providers } from './post.ts';
import { reconcileTeam } from './topic-subscription.ts';
import { snsTopics } from './topics.ts';
import { vapidFrom } from './vapid.ts';

const post = providers(vapidFrom(createTools()));
const topics = snsTopics();
const Reconcile = z.object({ reconcile: z.string() });

export const handler = queueHandler(z.union([Reconcile, Queued]), async (tools, message) => {
  if ('reconcile' in message) return await reconcileTeam(tools, topics, message.reconcile);
  return await deliver(tools, post, message);
});
