import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { AppFunction } from './constructs/function.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** Worklists and programme figures: projections written from the stream, and the routes that read them. */
export function addReports(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  addContextApi(scope, parts, 'ReportsApi', {
    entry: 'reports/api',
    impact: 'Nurses see no worklist and administrators no figures.',
    table: ['dynamodb:Query'],
    index: true,
  });
  const onChange = new AppFunction(scope, 'ReportsOnChange', house, {
    entry: 'reports/on-change',
    impact: 'Worklists of nurses show an old state.',
    timeout: consumerTimeout,
  });
  onChange.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem']);
  queues.sendFrom(onChange, 'live');
  onChange.consume(queues.named.projections, { size: 10, maxConcurrency: 50 });
}
