import { existsSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { spawnBound } from '../child.ts';

export type EngineAnswer = { status: number; body: Record<string, unknown> };

/** The table engine behind the front door: dynoxide as a child process, or what DYNAMODB_ENDPOINT names. */
export type Engine = {
  endpoint: string;
  call(operation: string, input: unknown): Promise<EngineAnswer>;
  /** A call that must succeed. */
  demand(operation: string, input: unknown): Promise<Record<string, unknown>>;
  /** Its data is in the file given, so that it can be kept. */
  ownsFile: boolean;
  stop(): Promise<void>;
};

/** @param file where the child keeps its data; ignored for an endpoint of one's own. */
export async function startEngine(region: string, file: string): Promise<Engine> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given) return { ...connect(new URL(given), region, async () => {}), ownsFile: false };
  const port = await freePort();
  const { command, args } = engineProgram();
  const running = spawnBound(command, [
    ...args,
    'serve',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--db-path',
    file,
  ]);
  const engine = connect(new URL(`http://127.0.0.1:${port}`), region, running.stop);
  await untilReady(engine);
  return engine;
}

function engineProgram(): { command: string; args: string[] } {
  const resolve = createRequire(import.meta.url).resolve;
  const packaged = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const binary = path.join(path.dirname(resolve(`${packaged}/package.json`)), 'dynoxide');
    if (existsSync(binary)) return { command: binary, args: [] };
  } catch {
    // no build of it is installed for this platform: npx fetches one
  }
  return { command: 'npx', args: ['--yes', 'dynoxide@1.2.1'] };
}

async function untilReady(engine: Engine): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      if ((await engine.call('ListTables', {})).status === 200) return;
    } catch {
      // not listening yet
    }
    if (Date.now() > deadline) throw new Error('The table engine did not start within a minute');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function connect(endpoint: URL, region: string, end: () => Promise<void>): Engine {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const call = (operation: string, input: unknown) =>
    new Promise<EngineAnswer>((resolve, reject) => {
      const body = Buffer.from(JSON.stringify(input));
      const request = http.request(
        endpoint,
        { agent, method: 'POST', headers: headers(operation, region, body.length) },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: response.statusCode ?? 500, body: text === '' ? {} : JSON.parse(text) });
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return {
    ownsFile: true,
    endpoint: endpoint.origin,
    call,
    async demand(operation, input) {
      const answer = await call(operation, input);
      if (answer.status !== 200) throw new Error(`${operation} failed: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async stop() {
      agent.destroy();
      await end();
    },
  };
}

/** The engine lets any signature pass as long as it looks like one. */
function headers(operation: string, region: string, length: number): http.OutgoingHttpHeaders {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': length,
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  };
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No free port');
  return address.port;
}
