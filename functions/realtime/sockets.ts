import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { env } from '../shared/env.ts';
import type { ServerMessage } from './contract.ts';

/** The open connections of the WebSocket API. */
export type Sockets = {
  post(connectionId: string, message: ServerMessage): Promise<'sent' | 'gone'>;
  close(connectionId: string): Promise<void>;
};

/** By API Gateway's management API. A connection that does not exist any more is an answer, not an error. */
export function apiGatewaySockets(): Sockets {
  let client: ApiGatewayManagementApiClient | undefined;
  const api = () => {
    client ??= new ApiGatewayManagementApiClient({ endpoint: env('REALTIME_ENDPOINT') });
    return client;
  };
  return {
    post: async (connectionId, message) => {
      const Data = new TextEncoder().encode(JSON.stringify(message));
      try {
        await api().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
        return 'sent';
      } catch (error) {
        if (error instanceof GoneException) return 'gone';
        throw error;
      }
    },
    close: async (connectionId) => {
      try {
        await api().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        if (!(error instanceof GoneException)) throw error;
      }
    },
  };
}
