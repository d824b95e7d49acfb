/** Addresses that the template would know on AWS and that follow the front door here. */

/** `Ref` of a queue. */
export function queueUrl(endpoint: string, accountId: string, queueName: string): string {
  return `${endpoint}/${accountId}/${queueName}`;
}

/** Base address of `@connections` of one stage: REALTIME_ENDPOINT. */
export function connectionsEndpoint(endpoint: string, apiId: string, stage: string): string {
  return `${endpoint}/execute-api/${apiId}/${stage}`;
}

/** IoT data plane: IOT_DATA_ENDPOINT. */
export function dataEndpoint(endpoint: string): string {
  return endpoint;
}
