import { randomUUID } from 'node:crypto';
import type { OpenRoute } from './front-door.ts';
import type { Outbox } from './outbox.ts';

/**
 * A push service for browsers' subscriptions: `http://127.0.0.1:<port>/push/<id>` takes the encrypted message and records
 * it as it is – only the subscriber's keys can open it. Ids that begin with `gone` answer as an ended subscription does.
 */
export function pushRoute(outbox: Outbox, endpoint: () => string): OpenRoute {
  return {
    path: /^\/push\/([\w-]+)$/,
    answer(request, match) {
      if (request.method !== 'POST') return { status: 405, headers: {}, body: '' };
      const id = match[1] ?? '';
      if (id.startsWith('gone')) return { status: 410, headers: {}, body: '' };
      const to = `${endpoint()}/push/${id}`;
      const messageId = randomUUID();
      const attributes = {
        ttl: request.headers.ttl ?? '',
        topic: request.headers.topic ?? '',
        urgency: request.headers.urgency ?? '',
        contentEncoding: request.headers['content-encoding'] ?? '',
        bodyBase64: request.body.toString('base64'),
      };
      outbox.add({
        service: 'push',
        to,
        text: `${request.body.length} encrypted bytes`,
        status: 'sent',
        messageId,
        attributes,
      });
      return { status: 201, headers: { location: to }, body: '' };
    },
  };
}
