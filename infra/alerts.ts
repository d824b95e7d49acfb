import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { AppFunction } from './constructs/function.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** Triggered, acknowledged, resolved: who is told next, and who acted. */
export function addAlerts(scope: Construct, parts: Parts): void {
  const { house, lasting, queues, http } = parts;
  const api = addContextApi(scope, parts, 'AlertsApi', {
    entry: 'alerts/api',
    impact: 'Alerts can be neither seen, acknowledged nor closed.',
    table: ['dynamodb:Query'],
    index: true,
  });
  http.addOpen(HttpMethod.POST, '/api/open/alerts', api);
  queues.sendFrom(api, 'notifications');

  const onChange = new AppFunction(scope, 'AlertsOnChange', house, {
    entry: 'alerts/on-change',
    impact: 'Missed doses raise no alert, late evidence does not close one, lists and open screens show an old state.',
    timeout: consumerTimeout,
    environment: { CANARY_PATIENT_ID: house.settings.canaryPatientId || 'none' },
  });
  onChange.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem']);
  queues.sendFrom(onChange, 'due', 'notifications', 'live');
  onChange.consume(queues.named.alerts, { size: 10, maxConcurrency: 100 });
}
