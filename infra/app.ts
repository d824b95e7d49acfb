import { App } from 'aws-cdk-lib';
import { careConnect } from './careconnect.ts';
import { addChecks } from './checks.ts';
import { cdkContext } from './settings.ts';

const app = new App({ context: cdkContext() });
const { settings } = await careConnect(app);
// CDK's own switch for its checks of the template; ours follow it.
if (process.env.CDK_VALIDATION !== 'false') addChecks(app, settings);
app.synth();
