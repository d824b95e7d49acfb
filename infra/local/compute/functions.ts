import { randomBytes } from 'node:crypto';
import type { Credentials, Identity } from '../aws/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { Json } from '../json.ts';
import { Environment, type Invocation } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionLogs } from './function-logs.ts';
import { Pool } from './pool.ts';
import { WritesUntilKill } from './writes-until-kill.ts';

export interface FunctionsOptions {
  readonly definitions: readonly FunctionDefinition[];
  readonly clock: Clock;
  readonly logs: FunctionLogs;
  readonly region: string;
  readonly register: (identity: Identity) => Credentials;
  readonly forget: (accessKeyId: string) => void;
  /** Values that AWS would have put into the environment, and addresses that differ on one machine. */
  readonly overrides: (variables: Record<string, string>) => Record<string, string>;
}

/** Every function of the deployment, each with a pool of environments that grows as calls come in together. */
export class Functions {
  readonly kills = new WritesUntilKill();
  readonly #options: FunctionsOptions;
  readonly #pools = new Map<string, Pool>();
  readonly #byKey = new Map<string, Environment>();

  constructor(options: FunctionsOptions) {
    this.#options = options;
    for (const definition of options.definitions) {
      this.#pools.set(definition.name, new Pool(definition, () => this.#create(definition), options.logs));
    }
  }

  /** By name or ARN, a version's or alias's too. */
  definition(name: string): FunctionDefinition | undefined {
    const arn = name.split(':').slice(0, 7).join(':');
    return this.#options.definitions.find((definition) => definition.name === name || definition.arn === arn);
  }

  names(): string[] {
    return this.#options.definitions.map((definition) => definition.name);
  }

  /** The environment variables of a function as it sees them on this machine, its credentials apart. */
  variables(name: string): Record<string, string> {
    const definition = this.definition(name);
    return definition === undefined ? {} : this.#options.overrides(definition.variables());
  }

  /** Invokes a function by name and waits for its answer. Never rejects. */
  invoke(name: string, event: unknown): Promise<Invocation> {
    const pool = this.#pools.get(name);
    if (pool === undefined) {
      return Promise.resolve({
        payload: null,
        error: { type: 'ResourceNotFoundException', message: `no function ${name}` },
      });
    }
    return pool.run(toJson(event));
  }

  /** Starts one environment of each function, one after the other, so that nobody waits for the first call, nor for this. */
  async warm(names: Iterable<string> = this.#pools.keys()): Promise<void> {
    for (const name of names) await this.#pools.get(name)?.warm();
  }

  /** Whether a call that finds no free environment gets a new one at once, as on AWS, so that what comes together races. */
  beEager(eager: boolean): void {
    for (const pool of this.#pools.values()) pool.eager = eager;
  }

  /** Calls that run or wait for an environment. */
  busy(): number {
    return [...this.#pools.values()].reduce((sum, pool) => sum + pool.busy(), 0);
  }

  /** Told by the data plane after each write: whether this environment ends here, its call unanswered. */
  wrote(identity: Identity): 'continue' | 'kill' {
    if (!this.kills.wrote(identity.functionName, identity.accessKeyId)) return 'continue';
    const environment = this.#byKey.get(identity.accessKeyId);
    setImmediate(() => environment?.kill('Runtime.ExitError', 'killed after a write'));
    return 'kill';
  }

  stop(): void {
    for (const pool of this.#pools.values()) pool.stop();
  }

  #create(definition: FunctionDefinition): Environment {
    const { register, clock, region, logs, overrides } = this.#options;
    const accessKeyId = `FN${randomBytes(9).toString('hex').toUpperCase()}`;
    const statements = [...definition.statements];
    const credentials = register({ functionName: definition.name, accessKeyId, statements });
    const environment = new Environment({
      functionName: definition.name,
      arn: definition.arn,
      entry: definition.entry,
      exportName: definition.exportName,
      timeoutMs: definition.timeoutMs,
      memoryMb: definition.memoryMb,
      clock: clock.cells,
      log: (text) => logs.write(definition.name, text),
      variables: {
        ...overrides(definition.variables()),
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_LAMBDA_FUNCTION_NAME: definition.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
        TZ: ':UTC',
      },
    });
    this.#byKey.set(accessKeyId, environment);
    return environment;
  }
}

/** Events cross to a function as JSON, as they would through Lambda's API. */
function toJson(event: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(event ?? null));
  return copy;
}
