import { App } from 'aws-cdk-lib';
import { careConnect } from './careconnect.ts';
import { cdkContext } from './settings.ts';

const app = new App({ context: cdkContext(), treeMetadata: false });
const { settings } = await careConnect(app);
// CDK's own switch for its checks of the template; ours follow it.
if (process.env.CDK_VALIDATION !== 'false') (await import('./checks.ts')).addChecks(app, settings);
app.synth();
