import { queueHandler } from '../shared/events.ts';
import { Due } from './due.ts';
import { runDue } from './run-due.ts';

/** What is due, on its second. */
export const handler = queueHandler(Due, runDue);
