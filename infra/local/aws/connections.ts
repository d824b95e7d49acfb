import * as z from 'zod/mini';
import { AwsError } from './aws-error.ts';
import type { Operations, Service } from './service.ts';
import { operation, restService } from './service.ts';
import type { AwsOptions } from './types.ts';

const target = z.looseObject({ apiId: z.string(), stage: z.string(), ConnectionId: z.string() });
const post = z.extend(target, { Data: z.instanceof(Uint8Array) });

/** `@connections` of the WebSocket API; a connection that is gone answers 410, as on AWS. */
export function connectionsService(options: AwsOptions): Service {
  const needs = (method: string) => (input: z.output<typeof target>) => [
    {
      action: 'execute-api:ManageConnections',
      resources: [
        `arn:aws:execute-api:${options.region}:${options.accountId}:${input.apiId}/${input.stage}/${method}/@connections/${input.ConnectionId}`,
      ],
    },
  ];
  const gone = () => new AwsError('GoneException', 'The connection is gone', 410);
  const operations: Operations = {
    PostToConnection: operation(post, { writes: true, needs: needs('POST') }, async (input) => {
      if (input.Data.length > 131_072) throw new AwsError('PayloadTooLargeException', 'Over 128 KB', 413);
      if (!(await options.connections.post(input.apiId, input.ConnectionId, input.Data))) throw gone();
    }),
    GetConnection: operation(target, { needs: needs('GET') }, async (input) => {
      const found = await options.connections.get(input.apiId, input.ConnectionId);
      if (!found) throw gone();
      const { connectedAt, lastActiveAt, sourceIp, userAgent } = found;
      return { connectedAt, lastActiveAt, identity: { sourceIp, userAgent } };
    }),
    DeleteConnection: operation(target, { writes: true, needs: needs('DELETE') }, async (input) => {
      if (!(await options.connections.close(input.apiId, input.ConnectionId))) throw gone();
    }),
  };
  const path = /^\/execute-api\/(?<apiId>[^/]+)\/(?<stage>[^/]+)\/@connections\/(?<ConnectionId>[^/]+)$/;
  const routes = [
    { method: 'POST', path, operation: 'PostToConnection', payload: 'Data' },
    { method: 'GET', path, operation: 'GetConnection' },
    { method: 'DELETE', path, operation: 'DeleteConnection', status: 204 },
  ];
  return restService('execute-api', routes, operations, 'ForbiddenException');
}
