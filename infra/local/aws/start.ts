import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startCognito } from './cognito/cognito.ts';
import { connectionsService } from './connections.ts';
import { startEngine } from './dynamodb/engine.ts';
import { unitMeter } from './dynamodb/meter.ts';
import { createTables, dynamoService } from './dynamodb/service.ts';
import { streamedWrites } from './dynamodb/streamed-writes.ts';
import { faultBook } from './faults.ts';
import type { FrontDoor } from './front-door.ts';
import { openFrontDoor } from './front-door.ts';
import { gateKeeper } from './gate.ts';
import { identityBook } from './identities.ts';
import { startIot } from './iot/iot.ts';
import { kmsService } from './kms.ts';
import { localSecrets } from './local-secrets.ts';
import { outboxOf } from './outbox.ts';
import { pushRoute } from './push.ts';
import { startS3 } from './s3/service.ts';
import { parametersService, secretsService } from './secrets.ts';
import type { Service } from './service.ts';
import { sesService } from './ses.ts';
import { deliveryOf } from './sns/delivery.ts';
import { subscriptionLinks } from './sns/links.ts';
import { snsService } from './sns/service.ts';
import { topicsOf } from './sns/topics.ts';
import { sqsPoller } from './sqs/poller.ts';
import { startQueues } from './sqs/queues.ts';
import { sqsService } from './sqs/service.ts';
import type { AwsCloud, AwsOptions } from './types.ts';

/** Starts everything that answers AWS calls, on one loopback port. */
export async function startAws(options: AwsOptions): Promise<AwsCloud> {
  const { region, accountId, resources } = options;
  const runDirectory = path.join(options.dataDir, `run-${process.pid}-${Date.now()}`);
  mkdirSync(runDirectory, { recursive: true });
  const engine = await startEngine(region, path.join(runDirectory, 'tables.sqlite'));
  await createTables(engine, resources.tables);

  let door: FrontDoor | undefined;
  const endpoint = () => `http://127.0.0.1:${door?.port ?? options.port}`;
  const faults = faultBook();
  const gates = gateKeeper(options, faults);
  const identities = identityBook();
  const outbox = outboxOf(options);
  const secrets = localSecrets(options.dataDir);
  const meter = unitMeter();
  const streamed = streamedWrites(engine, options);
  const queues = startQueues(options);
  const topics = topicsOf(options);
  const delivery = deliveryOf(options, topics, queues, outbox, () => options.appOrigin ?? endpoint());
  const s3 = await startS3(options);

  const iot = await startIot(options, secrets, endpoint);
  const cognito = await startCognito(options, secrets, outbox, undefined);

  const services = new Map<string, Service>([
    ['dynamodb', dynamoService(options, engine, streamed, meter)],
    ['sqs', sqsService(queues, region, endpoint, accountId)],
    ['sns', snsService(options, topics, delivery, outbox)],
    ['s3', s3.service],
    ['ses', sesService(options, outbox)],
    ['kms', kmsService(resources.keys, secrets)],
    ['secretsmanager', secretsService(resources.secrets, secrets, region)],
    ['ssm', parametersService(resources.parameters, region)],
    ['execute-api', connectionsService(options)],
    ['cognito-idp', cognito.service],
    ['iot', iot.control],
    ['iotdata', iot.data],
    ['iotdevicegateway', iot.data],
  ]);
  door = await openFrontDoor({
    port: options.port,
    now: options.now,
    identities,
    gates,
    services,
    unsigned(request) {
      if (request.method === 'OPTIONS') return s3.service;
      return request.headers['x-amz-target']?.startsWith('AWSCognitoIdentityProviderService.')
        ? cognito.service
        : undefined;
    },
    open: [subscriptionLinks(topics), pushRoute(outbox, endpoint), cognito.keys],
  });
  const opened = door;
  return {
    endpoint: endpoint(),
    operator: identities.operator,
    identities: { register: identities.register, forget: identities.forget },
    sqs: sqsPoller(queues, gates, region),
    outbox,
    denied: gates.denied,
    faults: { set: faults.set, clear: faults.clear, pending: faults.pending },
    meter: { read: meter.read, reset: meter.reset },
    idle() {
      const sums = { calls: opened.calls(), ready: 0, inFlight: 0, delayed: 0 };
      for (const queue of queues.all()) {
        const counts = queue.counts();
        sums.ready += counts.ready;
        sums.inFlight += counts.inFlight;
        sums.delayed += counts.delayed;
      }
      return sums;
    },
    clockMoved: queues.settle,
    sweepExpired: streamed.sweepExpired,
    iotRegistry: iot.forBroker,
    cognito: {
      jwksUri: (poolId) => `${endpoint()}/cognito/${poolId}/.well-known/jwks.json`,
      issuer: cognito.issuer,
      clientSecret: cognito.clientSecret,
    },
    async save() {},
    async stop() {
      await opened.stop();
      queues.stop();
      await Promise.all([s3.stop(), engine.stop()]);
      rmSync(runDirectory, { recursive: true, force: true });
    },
  };
}
