import type { Json } from '../json.ts';
import type { Environment, Invocation } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionLogs } from './function-logs.ts';

/** How many environments of one function run at once here; on AWS the account's limit is 1,000. */
const ENVIRONMENTS_PER_FUNCTION = 4;
/** So long calls wait for a busy environment before one more is started: most are free sooner than a new one is loaded. */
const PATIENCE_MS = 500;

/** Environments of one function: idle ones are used again, new ones start while all stay busy, then calls wait. */
export class Pool {
  eager = false;
  readonly #definition: FunctionDefinition;
  readonly #create: () => Environment;
  readonly #logs: FunctionLogs;
  readonly #idle: Environment[] = [];
  readonly #waiting: ((environment: Environment) => void)[] = [];
  readonly #running = new Set<Environment>();
  #patience: NodeJS.Timeout | undefined;

  constructor(definition: FunctionDefinition, create: () => Environment, logs: FunctionLogs) {
    this.#definition = definition;
    this.#create = create;
    this.#logs = logs;
  }

  async run(event: Json): Promise<Invocation> {
    const environment = await this.#take();
    const invocation = await environment.run(event);
    if (invocation.error !== undefined) this.#logs.failed(this.#definition.name, invocation.error);
    this.#release(environment);
    return invocation;
  }

  async warm(): Promise<void> {
    if (this.#idle.length + this.#running.size > 0) return;
    const environment = this.#create();
    this.#idle.push(environment);
    await environment.loaded;
  }

  busy(): number {
    return this.#running.size + this.#waiting.length;
  }

  stop(): void {
    clearInterval(this.#patience);
    for (const environment of [...this.#idle, ...this.#running]) environment.kill();
  }

  #take(): Promise<Environment> {
    let environment = this.#idle.pop();
    while (environment?.gone) environment = this.#idle.pop();
    const full = this.#running.size >= (this.eager ? this.#limit : 1);
    if (environment === undefined && full) return this.#wait();
    return Promise.resolve(this.#use(environment ?? this.#create()));
  }

  get #limit(): number {
    return Math.min(this.#definition.reservedConcurrency ?? Infinity, ENVIRONMENTS_PER_FUNCTION);
  }

  #wait(): Promise<Environment> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#patience ??= setInterval(() => this.#growOrWait(), PATIENCE_MS);
    });
  }

  #growOrWait(): void {
    if (this.#running.size < this.#limit) this.#waiting.shift()?.(this.#use(this.#create()));
    this.#restWhenNobodyWaits();
  }

  #restWhenNobodyWaits(): void {
    if (this.#waiting.length > 0) return;
    clearInterval(this.#patience);
    this.#patience = undefined;
  }

  #use(environment: Environment): Environment {
    this.#running.add(environment);
    return environment;
  }

  #release(environment: Environment): void {
    this.#running.delete(environment);
    const next = this.#waiting.shift();
    const usable = environment.gone ? undefined : environment;
    if (next === undefined) {
      if (usable !== undefined) this.#idle.push(usable);
      return;
    }
    this.#restWhenNobodyWaits();
    next(this.#use(usable ?? this.#create()));
  }
}
