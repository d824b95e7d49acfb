import type { Construct } from 'constructs';
import { AppFunction } from './constructs/function.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** WebSocket connections and live updates. */
export function addRealtime(scope: Construct, parts: Parts): void {
  const { house, lasting, queues, live } = parts;
  const authorize = new AppFunction(scope, 'OnAuthorize', house, {
    entry: 'realtime/on-authorize',
    impact: 'No screen can go live; people see changes only after a reload.',
    environment: { ORIGIN_SECRET: lasting.originSecret, ...lasting.signIn.tokenEnvironment },
  });
  authorize.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem']);

  const socket = new AppFunction(scope, 'OnSocket', house, {
    entry: 'realtime/on-socket',
    impact: 'Screens that are open lose their live connection.',
    environment: lasting.signIn.tokenEnvironment,
  });
  socket.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem']);
  live.postFrom(socket);
  queues.sendFrom(socket, 'live');
  live.open(authorize, socket);

  const onChange = new AppFunction(scope, 'RealtimeOnChange', house, {
    entry: 'realtime/on-change',
    impact: 'Open screens do not change until they are reloaded.',
    timeout: consumerTimeout,
  });
  onChange.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem'], { index: true });
  live.postFrom(onChange);
  queues.sendFrom(onChange, 'live');
  onChange.consume(queues.named.live, { size: 10, maxConcurrency: 50 });
}
