/**
 * The contract between the two halves of the local cloud: the compute half reads the template and runs functions, this half
 * answers every AWS call they make. Resource definitions are CloudFormation properties with all references resolved;
 * `keyArn` is the customer-managed key a resource is encrypted by, absent when it has none.
 */

import type { Resources } from './definitions.ts';

export type * from './definitions.ts';

export type PolicyStatement = {
  Effect: 'Allow' | 'Deny';
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};

/** One running environment of a function. Give each worker its own `accessKeyId`, so that a kill finds the right one. */
export type Identity = { functionName: string; accessKeyId: string; statements: PolicyStatement[] };
export type Credentials = { accessKeyId: string; secretAccessKey: string };

/** A DynamoDB stream record as Lambda sees it in `Records`. */
export type StreamRecord = {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  eventSourceARN: string;
  userIdentity?: { principalId: string; type: string };
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Item;
    NewImage?: Item;
    OldImage?: Item;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: 'NEW_AND_OLD_IMAGES';
  };
};
export type AttributeValue = { [type: string]: unknown };
export type Item = Record<string, AttributeValue>;

export type OutboxEntry = {
  at: string;
  service: 'sms' | 'email' | 'sns' | 'push';
  /** Phone, address, subscription endpoint or push endpoint. */
  to: string;
  subject?: string;
  text: string;
  html?: string;
  /** `pending` for a confirmation request; `failed` with the reason when a subscription could not be delivered to. */
  status: 'sent' | 'pending' | 'failed';
  reason?: string;
  /** For `sns`: the topic and the subscription; for anything else what the provider answered. */
  messageId: string;
  topicArn?: string;
  subscriptionArn?: string;
  protocol?: string;
  attributes?: Record<string, string>;
  /** The link that a person would press to confirm a subscription. */
  confirmUrl?: string;
};

export type Denied = {
  at: string;
  functionName: string;
  accessKeyId: string;
  service: string;
  operation: string;
  action: string;
  resource: string;
  why: 'no-allow' | 'denied' | 'unknown-caller' | 'expired' | 'bad-signature';
};

export type Fault = {
  /** `dynamodb`, `sqs`, `sns`, `s3`, `ses`, `kms`, `secretsmanager`, `ssm`, `iot`, `iot-data`, `execute-api`, `cognito-idp`. */
  service: string;
  /** AWS error name, for example `Throttling`, `ProvisionedThroughputExceededException`, `InternalError`. */
  error: string;
  times: number;
  operation?: string;
  /** `call` (default): the next `times` calls fail. `request`: the first `times` calls of each distinct request fail. */
  per?: 'call' | 'request';
};

/** WebSocket connections, held by the compute half. */
export type Connections = {
  post(apiId: string, connectionId: string, data: Uint8Array): Promise<boolean>;
  get(
    apiId: string,
    connectionId: string,
  ): Promise<{ connectedAt: string; lastActiveAt: string; sourceIp: string; userAgent: string } | undefined>;
  close(apiId: string, connectionId: string): Promise<boolean>;
};

export type AwsOptions = {
  /** Port of the front door on 127.0.0.1; 0 picks a free one. */
  port: number;
  now(): number;
  region: string;
  accountId: string;
  /** Survives restarts: generated secrets, certificates of the local authority. */
  dataDir: string;
  resources: Resources;
  /** For Cognito triggers and SNS subscriptions of protocol `lambda`. */
  invoke(
    functionName: string,
    event: unknown,
  ): Promise<{ payload: unknown; error?: { type: string; message: string } }>;
  /** Called once per changed item, in order per item, before the writer has its answer. */
  onStreamRecord(tableName: string, record: StreamRecord): void;
  /** An EventBridge event `Object Created` of `aws.s3`. */
  onObject(event: unknown): void;
  /** Deliver to whoever subscribed on the broker (boxes, and topic rules for `$aws/rules/…`). */
  iotPublish(topic: string, payload: Uint8Array, qos: 0 | 1): void;
  connections: Connections;
  /** Asked after each write a function made; `kill` leaves its call unanswered, the caller terminates the worker. */
  onWrite?(identity: Identity, operation: string): 'continue' | 'kill';
  /** Called when a queue has become readable, so that a poller need not spin. */
  onQueueReadable?(queueArn: string): void;
  /** Origin under which a browser reaches `/local/…`, for confirmation links in the outbox. */
  appOrigin?: string;
  /** Take up the state that `save` wrote there. */
  restoreFrom?: string;
};

export type ReceivedMessage = {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  attributes: Record<string, string>;
  messageAttributes: Record<string, { dataType: string; stringValue?: string; binaryValue?: string }>;
};

/** What an event source mapping needs of SQS; the role of the function is checked by `identity`. */
export type SqsPoller = {
  receive(
    identity: Identity,
    queueArn: string,
    max: number,
    visibilityTimeoutSeconds?: number,
  ): Promise<ReceivedMessage[]>;
  delete(identity: Identity, queueArn: string, receiptHandles: string[]): Promise<void>;
  /** 0 makes the message readable at once (a reported batch failure waits for its time-out instead). */
  changeVisibility(identity: Identity, queueArn: string, receiptHandle: string, seconds: number): Promise<void>;
  /** For services that send by themselves (rules, schedules, dead letters of the template). */
  send(
    queueArn: string,
    body: string,
    attributes?: Record<string, { DataType: string; StringValue: string }>,
  ): Promise<void>;
  counts(queueArn: string): { ready: number; delayed: number; inFlight: number };
  /** Instant (epoch ms) at which the next delayed or in-flight message becomes readable. */
  nextReadableAt(): number | undefined;
};

export type Thing = {
  thingName: string;
  thingTypeName?: string;
  attributes: Record<string, string>;
  thingId: string;
  version: number;
  principals: string[];
};
export type Certificate = {
  certificateId: string;
  certificateArn: string;
  certificatePem: string;
  /** SHA-256 of the DER form as upper-case hex with colons, as `getPeerCertificate().fingerprint256` gives it. */
  fingerprint256: string;
  status: 'ACTIVE' | 'INACTIVE' | 'REVOKED';
  createdAt: string;
  policies: string[];
};

/** What the broker needs of IoT Core. */
export type IotRegistry = {
  /** The local authority that signs boxes' certificates (give it to `tls.createServer({ ca })`). */
  caPem: string;
  /** A server certificate for `localhost` and 127.0.0.1 by the same authority. */
  serverKeyPem: string;
  serverCertificatePem: string;
  /** Active certificate by fingerprint, with the things it is attached to and its policies' documents. */
  principal(
    fingerprint256: string,
  ): { certificate: Certificate; things: Thing[]; policies: { name: string; document: unknown }[] } | undefined;
  /** Called when a certificate stops being active or is detached: close its connections. */
  onPrincipalChanged(listener: (fingerprint256: string) => void): void;
  /** A device's message on `$aws/things/<thing>/shadow/…`: answers are published by `iotPublish`. */
  deviceShadow(topic: string, payload: Uint8Array): void;
  things(): Thing[];
};

export type AwsCloud = {
  /** `http://127.0.0.1:<port>`: AWS_ENDPOINT_URL of every function. */
  endpoint: string;
  /** Address of the table engine itself: what is written there leaves no stream record. For the seed's history. */
  tableEngine: string;
  /** The one key that may do everything: for the local program itself (seed, demo page). */
  operator: Credentials;
  identities: {
    register(identity: Identity): Credentials;
    forget(accessKeyId: string): void;
  };
  sqs: SqsPoller;
  outbox: { list(): OutboxEntry[]; clear(): void; add(entry: Omit<OutboxEntry, 'at'>): void };
  denied(): Denied[];
  faults: { set(fault: Fault): void; clear(): void; pending(): Fault[] };
  /** Counts consumed DynamoDB units since `start(label)`, by function too. */
  meter: Meter;
  /** Open calls at the front door and messages that are readable or in flight now (delayed ones are not pending). */
  idle(): { calls: number; ready: number; inFlight: number; delayed: number };
  /** Tell the queues that the clock moved. */
  clockMoved(): void;
  /** Removes what TTL would have removed by now, with the stream records AWS would make. */
  sweepExpired(): Promise<number>;
  iotRegistry: IotRegistry;
  cognito: {
    jwksUri(userPoolId: string): string;
    issuer(userPoolId: string): string;
    clientSecret(clientId: string): string;
  };
  /** Writes all state to a directory that `restoreFrom` understands. */
  save(directory: string): Promise<void>;
  stop(): Promise<void>;
};

export type Units = { writeUnits: number; readUnits: number; writes: number; reads: number };
export type Meter = {
  /** Everything since the last `reset`, in all and by function name. */
  read(): { total: Units; byFunction: Record<string, Units> };
  reset(): void;
};
