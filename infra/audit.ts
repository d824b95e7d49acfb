import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { AppFunction } from './constructs/function.ts';
import { grantObjects } from './constructs/grant.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** Who did what to whose record: shown to the patient, and archived where nobody can change it. */
export function addAudit(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  addContextApi(scope, parts, 'AuditApi', {
    entry: 'audit/api',
    impact: 'Patients and auditors cannot see who opened a record.',
    table: ['dynamodb:Query'],
    index: true,
  });
  const onChange = new AppFunction(scope, 'AuditOnChange', house, {
    entry: 'audit/on-change',
    impact: 'Audit events are not archived; they stay in the table only.',
    timeout: consumerTimeout,
    environment: { ARCHIVE_BUCKET: lasting.archive.bucketName },
  });
  onChange.useTable(lasting.table, ['dynamodb:GetItem']);
  grantObjects(onChange, lasting.archive, 'audit/', ['s3:PutObject']);
  onChange.consume(queues.named.audit, { size: 100, windowSeconds: 60, maxConcurrency: 5 });
}
