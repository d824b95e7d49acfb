import path from 'node:path';
import { startEngine } from '../../../infra/local/aws/dynamodb/engine.ts';

// Started by life.test.ts, which kills it: the engine has to notice by itself.
await startEngine('ap-south-1', path.join(process.argv[2] ?? '', 'tables.sqlite'));
console.log('ready');
