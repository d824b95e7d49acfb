import { App } from 'aws-cdk-lib';
import { careConnect } from './careconnect.ts';
import { cdkContext } from './settings.ts';

const app = new App({ context: cdkContext() });
await careConnect(app);
app.synth();
