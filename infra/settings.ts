import { readFileSync } from 'node:fs';
import { Annotations, type App, type Stack } from 'aws-cdk-lib';
import * as z from 'zod/mini';

const Stage = z.object({
  region: z.string(),
  /** The one public host name. Names under `.example` stand for what a deployer must still give. */
  domain: z.string(),
  /** ACM certificate in us-east-1 for `domain`; empty when `domain` is the distribution's own name. */
  certificateArn: z.string(),
  /** Output of the Edge stack, which lives in us-east-1 because WAF for CloudFront does. */
  webAclArn: z.string(),
  /** Address of a verified SES identity. */
  sesFrom: z.string(),
  /** `aws iot describe-endpoint --endpoint-type iot:Data-ATS`: it differs per account and no resource returns it. */
  iotDataEndpoint: z.string(),
  /** Version of the origin secret in use; empty until it is rotated for the first time (docs/deploy.md). */
  originSecretVersion: z.string(),
  /** The patient of the deployment itself whose every miss must alert; empty until enrolled (docs/deploy.md). */
  canaryPatientId: z.string(),
  /** Who is written to when an alarm fires. */
  alarmEmail: z.string(),
  /** Whom to call for help at the sign-in screen; without it the screen names nobody. */
  clinic: z.optional(z.object({ name: z.string(), helpPhone: z.string(), helpHours: z.optional(z.string()) })),
  /** What operators in India registered: without it SMS come from a random number, by dearer routes (docs/deploy.md). */
  smsIndia: z.optional(
    z.object({ senderId: z.string(), entityId: z.string(), templates: z.record(z.string(), z.string()) }),
  ),
  /** After a restore (docs/deploy.md): the table that takes over from the one the template made. */
  restoredTable: z.optional(z.object({ name: z.string(), streamArn: z.string() })),
});

/** What differs between deployments; everything else is the template. */
export type Settings = z.infer<typeof Stage> & { readonly stage: string };

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of cdk.json, for an app that is built without the CDK command (tests, one machine). */
export function cdkContext(): Record<string, unknown> {
  return z.parse(CdkJson, JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'))).context;
}

/** The chosen stage: `-c stage=pilot`. */
export function readSettings(app: App): Settings {
  const stage = z.parse(z.string().check(z.regex(/^[a-z][a-z0-9]{1,11}$/)), app.node.tryGetContext('stage'));
  const stages = z.parse(z.record(z.string(), Stage), app.node.tryGetContext('stages'));
  const settings = stages[stage];
  if (settings === undefined)
    throw new Error(`cdk.json has no stage "${stage}"; it has ${Object.keys(stages).join(', ')}`);
  return { ...settings, stage };
}

const asked = ['domain', 'webAclArn', 'sesFrom', 'iotDataEndpoint', 'alarmEmail'] as const;

/** Says what a deployment still needs. The template is complete without; `npm run deploy` refuses on these warnings. */
export function warnOfMissing(stack: Stack, settings: Settings): void {
  for (const name of asked.filter((name) => settings[name] === '' || settings[name].endsWith('.example'))) {
    const message = `stage "${settings.stage}" has no ${name} of its own yet: cdk.json, docs/deploy.md`;
    Annotations.of(stack).addWarningV2(`careconnect:${name}`, message);
  }
}
