import { createServer, type Server, type Socket } from 'node:net';

/** Listens on both loopback addresses, whichever of them `localhost` means to a client, and on nothing else. */
export async function listenOnLoopback(server: Server, port: number): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  server.on('connection', track);
  await listen(server, port, '127.0.0.1');
  const second = createServer((socket) => void server.emit('connection', socket));
  // A machine without IPv6 has only the first.
  const hasSecond = await listen(second, port, '::1').then(
    () => true,
    () => false,
  );
  return async () => {
    for (const socket of sockets) socket.destroy();
    await closed(server);
    if (hasSecond) await closed(second);
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
