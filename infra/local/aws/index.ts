export { connectionsEndpoint, dataEndpoint, queueUrl } from './addresses.ts';
export { startAws } from './start.ts';
export type * from './types.ts';
