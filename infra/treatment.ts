import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import type { Parts } from './parts.ts';

/** Plans, dose slots, evidence. */
export function addTreatment(scope: Construct, parts: Parts): void {
  const api = addContextApi(scope, parts, 'TreatmentApi', {
    entry: 'treatment/api',
    impact: 'Patients cannot see or record today’s doses; providers cannot prescribe or open a record.',
    table: ['dynamodb:Query'],
    index: true,
  });
  // A change of plan or an away moves what is due.
  parts.queues.sendFrom(api, 'due');
}
