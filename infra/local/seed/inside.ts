import * as z from 'zod/mini';
import type { Cloud } from '../cloud.ts';
import { Environment } from '../compute/environment.ts';
import type { DemoPeople } from '../control/people.ts';
import type { Step } from './life/handler.ts';

const text = z.string();
const maybe = z.optional(text);
/** What a step answers, as it comes out of its thread. */
const Made = z.object({
  accounts: z.array(
    z.object({
      ...{ role: text, name: text, signIn: text, password: text, totpSecret: maybe, pin: maybe, userId: maybe },
      ...{ patientId: maybe, patients: z.optional(z.number()), note: maybe },
    }),
  ),
  boxes: z.array(
    z.object({
      ...{ boxId: text, certificatePem: text, privateKeyPem: text, holder: text, zone: text },
      ...{ uploadIntervalHours: z.number(), doseTimes: z.array(text), takes: z.number(), dead: z.boolean() },
      boot: z.object({ bootId: text, at: z.number(), seq: z.number() }),
    }),
  ),
  contacts: z.record(text, text),
});
const LONGEST_STEP_MS = 20 * 60_000;

/**
 * The seed runs as one more function would: bundled, in a thread of its own, under the moved clock. It has the operator's
 * key, so that it may do what no single function may, and knows where the table engine is.
 */
export class Inside {
  readonly #environment: Environment;

  private constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** `entry` is the bundle of life/handler.ts. */
  static start(cloud: Cloud, entry: string, tell: (line: string) => void): Inside {
    const environment = new Environment({
      ...{ functionName: 'seed', arn: 'seed', entry, exportName: 'handler' },
      ...{ timeoutMs: LONGEST_STEP_MS, memoryMb: 2048, clock: cloud.clock.cells },
      variables: variablesOf(cloud),
      log: (text) => {
        for (const line of text.split('\n')) if (line.trim() !== '') tell(line);
      },
    });
    return new Inside(environment);
  }

  /** Does one step to its end. */
  async step(step: Step): Promise<DemoPeople> {
    const { payload, error } = await this.#environment.run({ step });
    if (error !== undefined) throw new Error(`The demonstration data could not be made: ${error.message}`);
    return z.parse(Made, payload);
  }

  stop(): void {
    this.#environment.kill();
  }
}

/** All names that any function is given, so that the actions of every context find theirs. */
function variablesOf(cloud: Cloud): Record<string, string> {
  const { functions, aws, region } = cloud;
  const all = functions.names().map((name) => functions.variables(name));
  return {
    ...Object.assign({}, ...all),
    ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region, TABLE_ENGINE: aws.tableEngine },
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...{ AWS_ACCESS_KEY_ID: aws.operator.accessKeyId, AWS_SECRET_ACCESS_KEY: aws.operator.secretAccessKey },
  };
}
