import type { Cloud } from '../cloud.ts';
import { textAt } from '../json.ts';
import type { LocalRoute } from './answer.ts';
import { momentAsked } from './moment.ts';

/** `GET /local/clock`, `POST /local/clock`, and `GET /local/clock/moves`, which tells pages of every move. */
export function clockControl(cloud: Cloud): { read: LocalRoute; move: LocalRoute; moves: LocalRoute; stop(): void } {
  const { clock, mover } = cloud;
  const listeners = new Set<() => void>();
  const view = () => ({ now: new Date(clock.now()).toISOString(), offset: clock.offset(), standing: clock.standing() });
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    read: () => ({ body: view() }),
    async move(request) {
      const body = await request.body();
      momentAsked(body, clock.now());
      const ticks =
        ({ skip: 'none', quarters: 'quarters', hours: 'hours' } as const)[textAt(body, 'ticks') ?? ''] ?? 'all';
      await mover.moveTo(() => momentAsked(body, clock.now()), ticks);
      tell();
      return { body: view() };
    },
    moves({ response, incoming }) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const listener = () => void response.write(`data: ${JSON.stringify(view())}\n\n`);
      listeners.add(listener);
      listener();
      incoming.on('close', () => listeners.delete(listener));
      return 'answered';
    },
    stop: () => listeners.clear(),
  };
}
