export { connectionsEndpoint, dataEndpoint, queueUrl } from './addresses.ts';
export type * from './types.ts';
