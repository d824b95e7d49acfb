import { existsSync } from 'node:fs';
import { type App, Tags } from 'aws-cdk-lib';
import { bundleAll, bundlePaths } from './bundle.ts';
import { entries } from './entries.ts';
import { readSettings } from './settings.ts';
import { Lasting } from './stacks/lasting.ts';
import { Running } from './stacks/running.ts';

/** The whole product as stacks. Bundles the functions first, all at once, so that constructs find them ready. */
export async function careConnect(app: App) {
  await bundleAll(entries.filter((entry) => existsSync(bundlePaths(entry).source)));
  const settings = readSettings(app);
  const env = { region: settings.region };
  const name = (stack: string) => `CareConnect-${settings.stage}-${stack}`;
  const lasting = new Lasting(app, name('Lasting'), settings, { env });
  const running = new Running(app, name('Running'), lasting, { env });
  Tags.of(app).add('careconnect:stage', settings.stage);
  return { settings, lasting, running };
}
