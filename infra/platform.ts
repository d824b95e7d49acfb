import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { AppFunction } from './constructs/function.ts';
import type { HttpDoor } from './http-door.ts';
import type { Lasting } from './stacks/lasting.ts';

/** Liveness and the description of every route. */
export function addPlatform(scope: Construct, lasting: Lasting, http: HttpDoor): void {
  const api = new AppFunction(scope, 'PlatformApi', lasting.house, {
    entry: 'platform/api',
    impact: 'Nobody can ask whether the service is alive, and partners cannot read its description.',
  });
  http.addOpen(HttpMethod.GET, '/api/health', api);
  http.addOpen(HttpMethod.GET, '/api/openapi.json', api);
}
