import { queueHandler } from '../shared/events.ts';
import { createTools } from '../shared/tools.ts';
import { deliver, Queued } from './deliver.ts';
import { providers } from './post.ts';
import { vapidFrom } from './vapid.ts';

const post = providers(vapidFrom(createTools()));

export const handler = queueHandler(Queued, async (tools, message) => await deliver(tools, post, message));
