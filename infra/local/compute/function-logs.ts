import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

export interface Failure {
  readonly at: string;
  readonly functionName: string;
  readonly type: string;
  readonly message: string;
}

const KEPT_FAILURES = 500;

/** What functions print, a file each, and which invocations failed. */
export class FunctionLogs {
  readonly #directory: string;
  readonly #now: () => number;
  readonly #streams = new Map<string, WriteStream>();
  readonly #failures: Failure[] = [];

  constructor(directory: string, now: () => number) {
    this.#directory = directory;
    this.#now = now;
    mkdirSync(directory, { recursive: true });
  }

  write(functionName: string, text: string): void {
    let stream = this.#streams.get(functionName);
    if (stream === undefined) {
      stream = createWriteStream(join(this.#directory, `${functionName}.log`), { flags: 'w' });
      this.#streams.set(functionName, stream);
    }
    stream.write(text);
  }

  failed(functionName: string, error: { type: string; message: string }): void {
    this.#failures.push({ at: new Date(this.#now()).toISOString(), functionName, ...error });
    if (this.#failures.length > KEPT_FAILURES) this.#failures.shift();
    this.write(functionName, `${error.type}: ${error.message}\n`);
  }

  failures(): readonly Failure[] {
    return this.#failures;
  }

  stop(): void {
    for (const stream of this.#streams.values()) stream.end();
  }
}
