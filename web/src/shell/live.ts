import type { Changed, ClientMessage, ServerMessage } from '../../../functions/realtime/contract.ts';
import { subprotocol } from '../../../functions/realtime/contract.ts';
import { createStore } from './store.ts';

/** `undefined` until the first connection, so that a fresh screen does not claim to be cut off. */
export const live = createStore<boolean | undefined>(undefined);

interface Source {
  token(): Promise<string | undefined>;
  changed(change: Changed): void;
  /** After a gap nobody knows what was missed: everything on the screen is asked for again. */
  catchUp(): void;
}

const longestDelay = 30_000;
/** API Gateway drops a connection that is silent for ten minutes. */
const pingEvery = 5 * 60_000;

/** Keeps one connection while somebody is signed in. Returns the way to end it. */
export function goLive(source: Source): { renew(token: string): void; stop(): void } {
  let socket: WebSocket | undefined;
  let tries = 0;
  let hadOne = false;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ping = setInterval(() => tell({ type: 'ping' }), pingEvery);

  function tell(message: ClientMessage) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function again() {
    if (ended) return;
    clearTimeout(timer);
    // Full jitter: when the service comes back, a thousand phones must not arrive in the same second.
    timer = setTimeout(connect, Math.random() * Math.min(longestDelay, 1_000 * 2 ** tries));
    tries += 1;
  }

  async function connect() {
    if (ended) return;
    const token = await source.token().catch(() => undefined);
    if (ended) return;
    if (!token) {
      again();
      return;
    }
    const address = new URL('/ws', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const made = new WebSocket(address, [subprotocol, token]);
    socket = made;
    made.onopen = () => {
      tries = 0;
      live.set(true);
      if (hadOne) source.catchUp();
      hadOne = true;
    };
    made.onmessage = ({ data }) => hear(data);
    made.onclose = () => {
      if (socket !== made) return;
      if (hadOne) live.set(false);
      again();
    };
  }

  function hear(data: unknown) {
    const message: ServerMessage = JSON.parse(String(data));
    if (message.type === 'changed') source.changed(message);
    if (message.type === 'closing') socket?.close();
  }

  const soon = () => {
    if (document.visibilityState !== 'visible' || socket?.readyState === WebSocket.OPEN) return;
    tries = 0;
    clearTimeout(timer);
    void connect();
  };
  document.addEventListener('visibilitychange', soon);
  addEventListener('online', soon);
  void connect();

  return {
    renew: (token) => tell({ type: 'renew', token }),
    stop() {
      ended = true;
      clearTimeout(timer);
      clearInterval(ping);
      document.removeEventListener('visibilitychange', soon);
      removeEventListener('online', soon);
      socket?.close();
      live.set(undefined);
    },
  };
}
