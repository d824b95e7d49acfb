import type { Clock } from '../clock/clock.ts';
import type { Invocation } from '../compute/environment.ts';
import { textAt } from '../json.ts';
import type { Deployment } from '../template/deployment.ts';
import { HttpApi } from './http-api.ts';
import { WebSocketApi } from './web-socket-api.ts';

export interface DoorsOptions {
  readonly deployment: Deployment;
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  jwksUri(issuer: string): string | undefined;
}

/** The APIs of the template. */
export interface Doors {
  readonly httpApis: readonly HttpApi[];
  readonly webSocketApis: readonly WebSocketApi[];
  busy(): boolean;
  stop(): void;
}

export function openDoors(options: DoorsOptions): Doors {
  const apis = options.deployment.ofType('AWS::ApiGatewayV2::Api');
  const webSocket = apis.filter((api) => textAt(api.properties(), 'ProtocolType') === 'WEBSOCKET');
  const httpApis = apis
    .filter((api) => !webSocket.includes(api))
    .map((api) => new HttpApi(api, { ...options, now: () => options.clock.now() }));
  const webSocketApis = webSocket.map((api) => new WebSocketApi(api, options));
  return {
    httpApis,
    webSocketApis,
    busy: () => [...httpApis, ...webSocketApis].some((api) => api.busy()),
    stop: () => {
      for (const api of webSocketApis) api.stop();
    },
  };
}
