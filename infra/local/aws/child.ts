import { spawn } from 'node:child_process';

/**
 * Starts a program that ends with us, however we end: a shell waits on a pipe from this process, and when the pipe
 * closes (even by a crash or SIGKILL) it ends the program. Its own process group keeps Ctrl-C for us to handle. What the
 * program says is shown only when it ends by itself.
 */
export function spawnBound(command: string, args: string[]): { stop(): Promise<void> } {
  const watch = '"$@" >/dev/null & program=$!; cat >/dev/null; kill "$program" 2>/dev/null; wait "$program"';
  const child =
    process.platform === 'win32'
      ? spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] })
      : spawn('sh', ['-c', watch, 'sh', command, ...args], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let stopping = false;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code) => {
      if (!stopping) console.error(`${command} ended by itself (${code}): ${said}`);
      resolve();
    }),
  );
  return {
    async stop() {
      stopping = true;
      if (process.platform === 'win32') child.kill();
      child.stdin.end();
      await ended;
    },
  };
}
