import { rmSync } from 'node:fs';
import type { Cognito } from './cognito/cognito.ts';
import { startCognito } from './cognito/cognito.ts';
import { connectionsService } from './connections.ts';
import type { Engine } from './dynamodb/engine.ts';
import { startEngine } from './dynamodb/engine.ts';
import { unitMeter } from './dynamodb/meter.ts';
import { createTables, dynamoService } from './dynamodb/service.ts';
import { streamedWrites } from './dynamodb/streamed-writes.ts';
import { faultBook } from './faults.ts';
import { openFrontDoor } from './front-door.ts';
import { gateKeeper } from './gate.ts';
import { identityBook } from './identities.ts';
import type { Iot } from './iot/iot.ts';
import { startIot } from './iot/iot.ts';
import { copyTables, readState, runDirectory, writeState } from './kept-state.ts';
import { kmsService } from './kms.ts';
import { localSecrets } from './local-secrets.ts';
import type { Outbox } from './outbox.ts';
import { outboxOf } from './outbox.ts';
import { pushRoute } from './push.ts';
import type { S3 } from './s3/service.ts';
import { startS3 } from './s3/service.ts';
import { parametersService, secretsService } from './secrets.ts';
import type { Service } from './service.ts';
import { sesService } from './ses.ts';
import { deliveryOf } from './sns/delivery.ts';
import { subscriptionLinks } from './sns/links.ts';
import { snsService } from './sns/service.ts';
import type { Topics } from './sns/topics.ts';
import { topicsOf } from './sns/topics.ts';
import { sqsPoller } from './sqs/poller.ts';
import type { Queues } from './sqs/queues.ts';
import { startQueues } from './sqs/queues.ts';
import { sqsService } from './sqs/service.ts';
import type { AwsCloud, AwsOptions } from './types.ts';

/** What holds state: everything that a kept state consists of. */
type Holders = { engine: Engine; queues: Queues; topics: Topics; outbox: Outbox; s3: S3; iot: Iot; cognito: Cognito };

/** Starts everything that answers AWS calls, on one loopback port. */
export async function startAws(options: AwsOptions): Promise<AwsCloud> {
  const { region, accountId, resources } = options;
  const run = runDirectory(options.dataDir, options.restoreFrom);
  const address = { port: options.port };
  const endpoint = () => `http://127.0.0.1:${address.port}`;
  const secrets = localSecrets(options.dataDir);
  const holders = await startHolders(options, run.tablesFile, endpoint);
  const { engine, queues, topics, outbox, s3, iot, cognito } = holders;
  const faults = faultBook();
  const gates = gateKeeper(options, faults);
  const identities = identityBook();
  const meter = unitMeter();
  const streamed = streamedWrites(engine, options);
  const delivery = deliveryOf(options, topics, queues, outbox, () => options.appOrigin ?? endpoint());

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
  const door = await openFrontDoor({
    port: options.port,
    now: options.now,
    identities,
    gates,
    services,
    unsigned(request) {
      if (request.method === 'OPTIONS') return s3.service;
      const toCognito = request.headers['x-amz-target']?.startsWith('AWSCognitoIdentityProviderService.');
      return toCognito ? cognito.service : undefined;
    },
    open: [subscriptionLinks(topics), pushRoute(outbox, endpoint), cognito.keys],
  });
  address.port = door.port;
  return {
    endpoint: endpoint(),
    tableEngine: engine.endpoint,
    operator: identities.operator,
    identities: { register: identities.register, forget: identities.forget },
    sqs: sqsPoller(queues, gates, region),
    outbox,
    denied: gates.denied,
    faults: { set: faults.set, clear: faults.clear, pending: faults.pending },
    meter: { read: meter.read, reset: meter.reset },
    idle: () => ({ calls: door.calls(), ...pendingMessages(queues) }),
    clockMoved: queues.settle,
    sweepExpired: streamed.sweepExpired,
    iotRegistry: iot.forBroker,
    cognito: {
      jwksUri: (poolId) => `${endpoint()}/cognito/${poolId}/.well-known/jwks.json`,
      issuer: cognito.issuer,
      clientSecret: cognito.clientSecret,
    },
    save: (directory) => door.quietly(() => keep(holders, run.directory, directory)),
    async stop() {
      await door.stop();
      queues.stop();
      await Promise.all([s3.stop(), engine.stop()]);
      rmSync(run.directory, { recursive: true, force: true });
    },
  };
}

async function startHolders(options: AwsOptions, tablesFile: string, endpoint: () => string): Promise<Holders> {
  const kept = readState(options.restoreFrom);
  const secrets = localSecrets(options.dataDir);
  const engine = await startEngine(options.region, tablesFile);
  try {
    await createTables(engine, options.resources.tables);
    const queues = startQueues(options);
    const topics = topicsOf(options);
    const outbox = outboxOf(options);
    const s3 = await startS3(options);
    const iot = await startIot(options, secrets, endpoint);
    const cognito = await startCognito(options, secrets, outbox, kept?.cognito);
    if (kept) {
      queues.load(kept.queues);
      topics.load(kept.topics);
      outbox.load(kept.outbox);
      iot.load(kept.iot);
      await s3.load(kept.objects);
    }
    return { engine, queues, topics, outbox, s3, iot, cognito };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

async function keep(holders: Holders, from: string, to: string): Promise<void> {
  if (!holders.engine.ownsFile) throw new Error('Tables at DYNAMODB_ENDPOINT cannot be kept: they are not ours');
  const { queues, topics, outbox, s3, iot, cognito } = holders;
  writeState(to, {
    cognito: cognito.dump(),
    iot: iot.dump(),
    topics: topics.dump(),
    queues: queues.dump(),
    objects: await s3.dump(),
    outbox: outbox.list(),
  });
  copyTables(from, to);
}

function pendingMessages(queues: Queues): { ready: number; inFlight: number; delayed: number } {
  const sums = { ready: 0, inFlight: 0, delayed: 0 };
  for (const queue of queues.all()) {
    const counts = queue.counts();
    sums.ready += counts.ready;
    sums.inFlight += counts.inFlight;
    sums.delayed += counts.delayed;
  }
  return sums;
}
