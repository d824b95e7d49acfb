import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Operations, RestRoute, Service } from '../service.ts';
import { operation, restService } from '../service.ts';
import type { AwsOptions } from '../types.ts';
import type { Shadows } from './shadows.ts';

const shadow = z.looseObject({ thingName: z.string(), name: z.optional(z.string()) });
const bytes = z.instanceof(Uint8Array);
const path = /^\/things\/(?<thingName>[^/]+)\/shadow$/;
const routes: RestRoute[] = [
  { method: 'GET', path, operation: 'GetThingShadow', raw: true },
  { method: 'POST', path, operation: 'UpdateThingShadow', payload: 'payload', raw: true },
  { method: 'DELETE', path, operation: 'DeleteThingShadow', raw: true },
  { method: 'POST', path: /^\/topics\/(?<topic>[^/]+)$/, operation: 'Publish', payload: 'payload' },
  {
    method: 'GET',
    path: /^\/api\/things\/shadow\/ListNamedShadowsForThing\/(?<thingName>[^/]+)$/,
    operation: 'ListNamedShadowsForThing',
  },
];

/** IoT's data plane: shadows and publishing. */
export function iotDataService(options: AwsOptions, shadows: Shadows): Service {
  const arn = (rest: string) => `arn:aws:iot:${options.region}:${options.accountId}:${rest}`;
  // A named shadow may be granted by its thing or by its own name below it.
  const needs = (action: string) => (input: z.output<typeof shadow>) => {
    const thing = arn(`thing/${input.thingName}`);
    return [{ action: `iot:${action}`, resources: [thing, ...(input.name ? [`${thing}/${input.name}`] : [])] }];
  };
  const answer = (value: unknown) => Buffer.from(JSON.stringify(value));
  const operations: Operations = {
    GetThingShadow: operation(shadow, { needs: needs('GetThingShadow') }, (input) =>
      answer(shadows.get(input.thingName, input.name)),
    ),
    UpdateThingShadow: operation(
      z.extend(shadow, { payload: bytes }),
      { writes: true, needs: needs('UpdateThingShadow') },
      (input) => answer(shadows.update(input.thingName, input.name, input.payload)),
    ),
    DeleteThingShadow: operation(shadow, { writes: true, needs: needs('DeleteThingShadow') }, (input) =>
      answer(shadows.delete(input.thingName, input.name)),
    ),
    ListNamedShadowsForThing: operation(shadow, { needs: needs('ListNamedShadowsForThing') }, (input) => ({
      results: shadows.names(input.thingName),
      timestamp: Math.floor(options.now() / 1000),
    })),
    Publish: operation(
      z.looseObject({ topic: z.string(), qos: z.optional(z.string()), payload: bytes }),
      { writes: true, needs: (input) => [{ action: 'iot:Publish', resources: [arn(`topic/${input.topic}`)] }] },
      (input) => {
        if (input.payload.length > 131_072) throw new AwsError('InvalidRequestException', 'The payload is over 128 KB');
        options.iotPublish(input.topic, input.payload, input.qos === '1' ? 1 : 0);
      },
    ),
  };
  return restService('iot-data', routes, operations, 'ForbiddenException');
}
