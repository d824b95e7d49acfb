import { type App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { exceptions } from './exceptions.ts';
import type { Settings } from './settings.ts';

/** Makes `app.synth()` refuse what cdk-nag's AwsSolutions or HIPAA pack objects to, except what exceptions.ts explains. */
export function addChecks(app: App, settings: Settings): void {
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  for (const { rule, at, because } of exceptions(settings)) {
    const places = at === '' ? [app] : stacks.flatMap((stack) => find(stack, at.split('/')));
    if (places.length === 0) throw new Error(`exceptions.ts names ${at}, which no stack has`);
    for (const place of places) Validations.of(place).acknowledge({ id: rule, reason: because });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
}

function find(from: IConstruct, path: readonly string[]): IConstruct[] {
  const found = path.reduce<IConstruct | undefined>((place, id) => place?.node.tryFindChild(id), from);
  return found === undefined ? [] : [found];
}
