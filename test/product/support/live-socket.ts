import { inject } from 'vitest';
import { WebSocket } from 'ws';

/** One open `/ws` connection and everything it has heard. */
export class LiveSocket {
  readonly heard: unknown[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  closed: { code: number; reason: string } | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(data.toString());
      this.heard.push(message);
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#wake();
    });
  }

  /** Opens with sub-protocols (the access token among them); rejects with the status when the door refuses. */
  static open(protocols: string[], origin: string = inject('origin')): Promise<LiveSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, protocols, { headers: { origin } });
      const live = new LiveSocket(socket);
      socket.on('open', () => resolve(live));
      socket.on('unexpected-response', (_, response) => reject(new Error(`refused with ${response.statusCode}`)));
      socket.on('error', reject);
    });
  }

  send(message: unknown): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The first message that fits, heard already or within `withinMs`. */
  async hear(fits: (message: unknown) => boolean, withinMs = 10_000): Promise<unknown> {
    const until = performance.now() + withinMs;
    for (;;) {
      const found = this.heard.find(fits);
      if (found !== undefined) return found;
      const left = until - performance.now();
      if (left <= 0) throw new Error(`not heard in ${withinMs} ms; heard ${JSON.stringify(this.heard)}`);
      await this.#next(left);
    }
  }

  async closing(withinMs = 10_000): Promise<{ code: number; reason: string }> {
    const until = performance.now() + withinMs;
    while (this.closed === undefined && performance.now() < until) await this.#next(until - performance.now());
    if (this.closed === undefined) throw new Error(`not closed in ${withinMs} ms`);
    return this.closed;
  }

  close(): void {
    this.#socket.close();
  }

  #next(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, withinMs);
      const waiting = this.#waiting;
      waiting.add(done);
      function done() {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
