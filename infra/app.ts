import { App } from 'aws-cdk-lib';
import { careConnect } from './careconnect.ts';
import { addChecks } from './checks.ts';
import { cdkContext } from './settings.ts';

const app = new App({ context: cdkContext() });
const { settings } = await careConnect(app);
addChecks(app, settings);
app.synth();
