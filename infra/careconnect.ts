import { type App, Tags } from 'aws-cdk-lib';
import { bundleAll } from './bundle.ts';
import { entries } from './entries.ts';
import { descriptionEntry, writeOpenApi } from './openapi.ts';
import { readSettings, warnOfMissing } from './settings.ts';
import { EdgeWaf } from './stacks/edge-waf.ts';
import { Lasting } from './stacks/lasting.ts';
import { Running } from './stacks/running.ts';
import { Served } from './stacks/served.ts';

/** The whole product as stacks. Bundles the functions first, all at once, so that constructs find them ready. */
export async function careConnect(app: App) {
  await bundleAll([...entries, descriptionEntry]);
  await writeOpenApi();
  const settings = readSettings(app);
  const env = { region: settings.region };
  const name = (stack: string) => `CareConnect-${settings.stage}-${stack}`;
  const lasting = new Lasting(app, name('Lasting'), settings, { env });
  const running = new Running(app, name('Running'), lasting, { env });
  const served = new Served(app, name('Served'), lasting, running, { env });
  const edge = new EdgeWaf(app, name('Edge'), settings, { env: { region: 'us-east-1' } });
  warnOfMissing(running, settings);
  Tags.of(app).add('careconnect:stage', settings.stage);
  return { settings, lasting, running, served, edge };
}
