import * as z from 'zod/mini';
import { ItemChange, queueHandler } from '../shared/events.ts';
import { broadcast } from './broadcast.ts';
import { obey, SocketOrder } from './connections.ts';
import { apiGatewaySockets } from './sockets.ts';

const sockets = apiGatewaySockets();

export const handler = queueHandler(z.union([SocketOrder, ItemChange]), async (tools, message) => {
  if ('order' in message) return await obey(tools, sockets, message);
  return (await broadcast(tools, sockets, message)) > 0 ? 'told' : 'nobody is looking';
});
