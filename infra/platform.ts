import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { AppFunction } from './constructs/function.ts';
import type { Parts } from './parts.ts';

/** Liveness and the description of every route. */
export function addPlatform(scope: Construct, parts: Parts): void {
  const api = new AppFunction(scope, 'PlatformApi', parts.house, {
    entry: 'platform/api',
    impact: 'Nobody can ask whether the service is alive, and partners cannot read its description.',
    // The shared wrapper asks for the table's name; no route here touches it, so nothing is granted.
    environment: { ORIGIN_SECRET: parts.lasting.originSecret, TABLE_NAME: parts.lasting.table.tableName },
  });
  parts.http.addOpen(HttpMethod.GET, '/api/health', api);
  parts.http.addOpen(HttpMethod.GET, '/api/openapi.json', api);
}
