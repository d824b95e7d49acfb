import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Json, parseJson } from '../json.ts';

/** What came back from one invocation, as Lambda's Invoke API would tell it. */
export interface Invocation {
  readonly payload: Json;
  readonly error?: { readonly type: string; readonly message: string };
}

export interface EnvironmentOptions {
  readonly functionName: string;
  readonly arn: string;
  /** Absolute path of the bundled module and the name it exports the handler under. */
  readonly entry: string;
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  log(line: string): void;
}

type Answer = { ready?: true; requestId?: string; payload?: string; error?: { type: string; message: string } };
const BOOT = fileURLToPath(new URL('./boot.mjs', import.meta.url));
/** API Gateway, SQS and Lambda itself take no more than this as an answer. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** One environment of a function: a thread of its own with the bundle, the variables and the limits of the template. */
export class Environment {
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  /** Its bundle is loaded, or it ended before that. As on AWS, loading does not count towards the time-out of a call. */
  readonly loaded: Promise<void>;
  #finish: ((invocation: Invocation) => void) | undefined;
  #gone = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#worker = new Worker(BOOT, {
      workerData: {
        clock: options.clock,
        entry: options.entry,
        exportName: options.exportName,
        context: {
          functionName: options.functionName,
          functionVersion: '$LATEST',
          invokedFunctionArn: options.arn,
          memoryLimitInMB: String(options.memoryMb),
          logGroupName: `/aws/lambda/${options.functionName}`,
          logStreamName: randomUUID(),
        },
      },
      env: { ...options.variables },
      // The program's own loader for TypeScript has no business in a bundle.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
      stdout: true,
      stderr: true,
    });
    this.#worker.stdout.setEncoding('utf8').on('data', (text: string) => options.log(text));
    this.#worker.stderr.setEncoding('utf8').on('data', (text: string) => options.log(text));
    this.loaded = new Promise((resolve) => {
      this.#worker.once('message', () => resolve());
      this.#worker.once('exit', () => resolve());
    });
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (error) => this.#end('Runtime.ExitError', error.message));
    this.#worker.on('exit', () => this.#end('Runtime.ExitError', 'the environment ended'));
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Runs one event to its end; one at a time. Never rejects: a failure is part of the answer. */
  run(event: Json): Promise<Invocation> {
    const { timeoutMs } = this.#options;
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const late = () => this.kill('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
      const mine = (invocation: Invocation) => {
        clearTimeout(timer);
        this.#finish = undefined;
        resolve(invocation);
      };
      this.#finish = mine;
      void this.loaded.then(() => {
        if (this.#finish === mine) timer = setTimeout(late, timeoutMs);
      });
      if (this.#gone) this.#end('Runtime.ExitError', 'the environment ended');
      else this.#worker.postMessage({ event: JSON.stringify(event), requestId: randomUUID(), timeoutMs });
    });
  }

  /** Ends the environment where it stands, in the middle of whatever it does. */
  kill(type = 'Runtime.ExitError', message = 'the environment was killed'): void {
    if (this.#gone) return;
    this.#end(type, message);
    void this.#worker.terminate();
  }

  #answered(answer: Answer): void {
    if (answer.requestId === undefined) return;
    const payload = answer.payload ?? 'null';
    const tooLarge = Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES;
    const error = tooLarge
      ? { type: 'Function.ResponseSizeTooLarge', message: 'Response exceeded 6291456 bytes.' }
      : answer.error;
    this.#finish?.(error === undefined ? { payload: parseJson(payload) } : { payload: null, error });
  }

  #end(type: string, message: string): void {
    this.#gone = true;
    this.#finish?.({ payload: null, error: { type, message } });
  }
}
