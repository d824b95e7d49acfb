import { join } from 'node:path';
import { type AwsCloud, type Resources, startAws } from './aws/index.ts';
import { type Clock, createClock } from './clock/clock.ts';
import { Mover } from './clock/mover.ts';
import { Schedules } from './clock/schedules.ts';
import { readFunctions } from './compute/function-definition.ts';
import { FunctionLogs } from './compute/function-logs.ts';
import { Functions } from './compute/functions.ts';
import { endpointOverrides } from './compute/overrides.ts';
import type { DemoPeople } from './control/people.ts';
import { type Broker, startBroker } from './iot/broker.ts';
import { TopicRules } from './iot/topic-rules.ts';
import { Consumers } from './messages/consumers.ts';
import { Hostility } from './messages/hostility.ts';
import { ObjectEvents } from './messages/object-events.ts';
import { Targets } from './messages/targets.ts';
import { type Doors, openDoors } from './origin/doors.ts';
import { type Ports, portsFrom } from './ports.ts';
import { type Part, settle } from './settle.ts';
import { readAssembly } from './template/assembly.ts';
import { awsResources } from './template/aws-resources.ts';
import { type Deployment, readDeployment } from './template/deployment.ts';

export interface CloudOptions {
  readonly assembly: string;
  readonly web: string;
  readonly port: number;
  /** `.local`: keys that stay, logs, state. */
  readonly directory: string;
  /** Initial time in epoch ms. */
  readonly at?: number;
  readonly restoreFrom?: string;
  readonly people?: DemoPeople;
}

/** The product running on one machine: what its template says, and nothing else. */
export interface Cloud {
  readonly ports: Ports;
  readonly appOrigin: string;
  readonly region: string;
  readonly deployment: Deployment;
  readonly resources: Resources;
  readonly clock: Clock;
  readonly mover: Mover;
  readonly aws: AwsCloud;
  readonly functions: Functions;
  readonly logs: FunctionLogs;
  readonly hostility: Hostility;
  readonly doors: Doors;
  readonly people: DemoPeople;
  readonly caPem: string;
  /** Work of others that a move of the clock must wait for. */
  readonly parts: Part[];
  /** While a number is given, deliveries repeat, shuffle, split and crash by it. */
  beHostile(seed: number | undefined): void;
  idle(giveUpAfterMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const ACCOUNT_ID = '000000000000';

export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const ports = portsFrom(options.port);
  const appOrigin = `http://localhost:${ports.origin}`;
  const clock = createClock(options.at);
  const now = () => clock.now();
  const stacks = readAssembly(options.assembly);
  const region =
    stacks.find((stack) => JSON.stringify(stack.template).includes('AWS::Lambda::Function'))?.region ?? 'ap-south-1';
  // The parts know each other in a circle: AWS calls start functions, and functions make AWS calls.
  const running: {
    aws?: AwsCloud;
    functions?: Functions;
    consumers?: Consumers;
    objects?: ObjectEvents;
    broker?: Broker;
    doors?: Doors;
  } = {};
  const invoke = async (name: string, event: unknown) =>
    running.functions?.invoke(name, event) ?? { payload: null, error: { type: 'NotReady', message: 'still starting' } };
  const deployment = readDeployment(stacks, {
    region,
    accountId: ACCOUNT_ID,
    endpoint: `http://127.0.0.1:${ports.frontDoor}`,
    lateAttribute: (resource, name) =>
      resource.type === 'AWS::Cognito::UserPoolClient' && name === 'ClientSecret'
        ? running.aws?.cognito.clientSecret(resource.name)
        : undefined,
  });
  const resources = awsResources(deployment);
  const live = (apiId: string) => running.doors?.webSocketApis.find((api) => api.id === apiId);
  const aws = await startAws({
    port: ports.frontDoor,
    now,
    region,
    accountId: ACCOUNT_ID,
    dataDir: options.directory,
    resources,
    appOrigin,
    invoke,
    onStreamRecord: (_, record) => running.consumers?.streamRecord(record),
    onObject: (event) => running.objects?.created(event),
    iotPublish: (topic, payload, qos) => running.broker?.publish(topic, payload, qos),
    connections: {
      post: async (apiId, id, data) => (await live(apiId)?.post(id, data)) ?? false,
      get: async (apiId, id) => live(apiId)?.get(id),
      close: async (apiId, id) => (await live(apiId)?.close(id)) ?? false,
    },
    onWrite: (identity) => running.functions?.wrote(identity) ?? 'continue',
    onQueueReadable: (queueArn) => running.consumers?.wakeQueue(queueArn),
    ...(options.restoreFrom !== undefined && { restoreFrom: options.restoreFrom }),
  });
  running.aws = aws;

  const logs = new FunctionLogs(join(options.directory, 'logs'), now);
  const functions = new Functions({
    definitions: readFunctions(deployment),
    clock,
    logs,
    region,
    register: aws.identities.register,
    forget: aws.identities.forget,
    overrides: endpointOverrides(deployment, aws, appOrigin),
  });
  running.functions = functions;
  const hostility = new Hostility();
  const consumers = new Consumers({ deployment, aws, functions, clock, hostility, region });
  running.consumers = consumers;
  const targets = new Targets({ clock, sqs: aws.sqs, invoke, definition: (arn) => functions.definition(arn) });
  const objects = new ObjectEvents(deployment, targets);
  running.objects = objects;
  const rules = new TopicRules({ deployment, sqs: aws.sqs, invoke, now });
  const broker = await startBroker({
    port: ports.mqtts,
    registry: aws.iotRegistry,
    rules,
    region,
    accountId: ACCOUNT_ID,
    now,
  });
  running.broker = broker;
  const jwksUri = (issuer: string) => {
    const pool = resources.userPools.find(({ id }) => aws.cognito.issuer(id) === issuer || issuer.endsWith(`/${id}`));
    return pool === undefined ? undefined : aws.cognito.jwksUri(pool.id);
  };
  const doors = openDoors({ deployment, accountId: ACCOUNT_ID, region, clock, invoke, jwksUri });
  running.doors = doors;

  const schedules = new Schedules(deployment, { region, accountId: ACCOUNT_ID }, clock.now());
  const parts: Part[] = [
    { name: 'functions', busy: () => functions.busy() > 0 },
    ...consumers.parts,
    { name: 'targets', busy: () => targets.busy() },
    { name: 'topic rules', busy: () => rules.busy() || broker.busy() },
    { name: 'doors', busy: () => doors.busy() },
    { name: 'AWS calls', busy: () => aws.idle().calls > 0 },
  ];
  const idle = (giveUpAfterMs?: number) => settle(parts, giveUpAfterMs);
  const queues = {
    nextAt: () => aws.sqs.nextReadableAt(),
    fire: () => {
      aws.clockMoved();
      consumers.wakeAll();
    },
  };
  const ticks = {
    nextAt: () => schedules.nextAt(),
    fire: (at: number, lose: boolean) => {
      const due = schedules.takeDue(at);
      if (!lose) for (const delivery of due) targets.deliver(delivery);
    },
  };
  const retries = { nextAt: () => targets.nextAt(), fire: (at: number) => targets.retryDue(at) };
  const mover = new Mover({ clock, timed: [queues, ticks, retries, ...doors.webSocketApis], settle: () => idle() });

  return {
    ports,
    appOrigin,
    region,
    deployment,
    resources,
    clock,
    mover,
    aws,
    functions,
    logs,
    hostility,
    doors,
    parts,
    idle,
    people: options.people ?? { accounts: [], boxes: [] },
    caPem: aws.iotRegistry.caPem,
    beHostile(seed) {
      hostility.set(seed);
      const random = hostility.random;
      functions.kills.hostile(random === undefined ? undefined : { functions: consumers.functionNames, next: random });
    },
    async stop() {
      mover.stop();
      doors.stop();
      await broker.stop();
      functions.stop();
      await aws.stop();
      logs.stop();
    },
  };
}
