import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod/mini';
import { careConnect } from '../../../infra/careconnect.ts';
import { addChecks } from '../../../infra/checks.ts';
import { cdkContext, type Settings } from '../../../infra/settings.ts';

const Properties = z.record(z.string(), z.unknown());
const Output = z.object({ Export: z.optional(z.object({ Name: z.unknown() })) });
const Template = z.object({
  Outputs: z._default(z.record(z.string(), Output), {}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.optional(Properties), DeletionPolicy: z.optional(z.string()) }),
  ),
});

export type Resource = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly kept: boolean;
};

export type Synthesised = {
  /** What CDK's validation wrote down of its plug-ins' findings. */
  readonly report: unknown;
  readonly settings: Settings;
  readonly resources: readonly Resource[];
  /** What stacks take from each other, by name. */
  readonly exports: readonly string[];
  ofType(type: string): readonly Resource[];
};

/** A stage as cdk.json has it before anybody deploys; a deployer's own settings must not change what is tested. */
export const untouched = {
  region: 'ap-south-1',
  domain: 'careconnect.example',
  certificateArn: '',
  webAclArn: '',
  sesFrom: 'noreply@careconnect.example',
  iotDataEndpoint: 'iot.careconnect.example',
  originSecretVersion: '',
  canaryPatientId: '',
  alarmEmail: '',
};

/** The templates as `cdk synth` writes them. `checked` runs CDK's validation and cdk-nag too, and then throws on what nobody explained. */
export async function synthesise(options: { checked: boolean; stage?: Omit<Settings, 'stage'> }): Promise<Synthesised> {
  // CDK's own switch: its validation takes longer than all the rest, and once is enough.
  process.env.CDK_VALIDATION = String(options.checked);
  const directory = mkdtempSync(join(tmpdir(), 'careconnect-synth-'));
  const stage = { stage: 'tested', stages: { tested: options.stage ?? untouched } };
  const app = new App({ context: { ...cdkContext(), ...stage }, outdir: directory });
  const { settings } = await careConnect(app);
  if (options.checked) addChecks(app, settings);
  const stacks = app.synth().stacks;
  const templates = stacks.map(({ stackName, templateFullPath }) => ({
    stackName,
    ...z.parse(Template, JSON.parse(readFileSync(templateFullPath, 'utf8'))),
  }));
  const exports = templates.flatMap(({ Outputs }) =>
    Object.values(Outputs).flatMap(({ Export }) => (Export ? [JSON.stringify(Export.Name)] : [])),
  );
  const resources = templates.flatMap(({ stackName, Resources }) =>
    Object.entries(Resources).map(([id, resource]) => ({
      stack: stackName,
      id,
      type: resource.Type,
      properties: resource.Properties ?? {},
      kept: resource.DeletionPolicy === 'Retain',
    })),
  );
  const written = join(directory, 'validation-report.json');
  const report: unknown = options.checked ? JSON.parse(readFileSync(written, 'utf8')) : undefined;
  rmSync(directory, { recursive: true });
  return {
    report,
    settings,
    resources,
    exports,
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}
