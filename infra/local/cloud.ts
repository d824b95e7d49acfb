import { join } from 'node:path';
import { type AwsCloud, type Resources, startAws } from './aws/index.ts';
import { type Clock, createClock } from './clock/clock.ts';
import type { Mover, Timed } from './clock/mover.ts';
import { readFunctions } from './compute/function-definition.ts';
import { FunctionLogs } from './compute/function-logs.ts';
import { Functions } from './compute/functions.ts';
import { endpointOverrides } from './compute/overrides.ts';
import { type DemoPeople, nobody } from './control/people.ts';
import { startBroker } from './iot/broker.ts';
import { TopicRules } from './iot/topic-rules.ts';
import { Activity } from './messages/activity.ts';
import { Consumers } from './messages/consumers.ts';
import { Hostility } from './messages/hostility.ts';
import { ObjectEvents } from './messages/object-events.ts';
import { makeSubscriptions } from './messages/subscriptions.ts';
import { Targets } from './messages/targets.ts';
import { type Doors, openDoors } from './origin/doors.ts';
import { type Ports, portsFrom } from './ports.ts';
import { type Part, settle } from './settle.ts';
import { readAssembly, type StackTemplate } from './template/assembly.ts';
import { awsResources } from './template/aws-resources.ts';
import { type Deployment, readDeployment } from './template/deployment.ts';
import { checkPermissions } from './template/permissions.ts';
import { startTime } from './time.ts';
import { Wiring } from './wiring.ts';

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
  /** Keys that stay, logs, state. */
  readonly directory: string;
  readonly deployment: Deployment;
  readonly resources: Resources;
  readonly clock: Clock;
  readonly mover: Mover;
  readonly aws: AwsCloud;
  readonly functions: Functions;
  /** Functions that read queues and streams. */
  readonly consuming: ReadonlySet<string>;
  readonly logs: FunctionLogs;
  readonly hostility: Hostility;
  readonly doors: Doors;
  readonly people: DemoPeople;
  readonly caPem: string;
  /** What a move of the clock stops at; the demonstration's pill boxes are entered here too. */
  readonly timed: Timed[];
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
  const wiring = new Wiring();
  const { invoke } = wiring;
  const deployment = readTemplates(options.assembly, `http://127.0.0.1:${ports.frontDoor}`, wiring);
  const place = { region: deployment.region, accountId: ACCOUNT_ID };
  checkPermissions(deployment);
  const resources = awsResources(deployment);
  const aws = await startAws({
    ...place,
    ...wiring.hooks(),
    port: ports.frontDoor,
    now,
    dataDir: options.directory,
    resources,
    appOrigin,
    ...(options.restoreFrom !== undefined && { restoreFrom: options.restoreFrom }),
  });
  wiring.aws = aws;

  const logs = new FunctionLogs(join(options.directory, 'logs'), now);
  const overrides = endpointOverrides(deployment, aws, appOrigin, `localhost:${ports.mqtts}`);
  const definitions = readFunctions(deployment);
  const functions = new Functions({ definitions, clock, logs, region: place.region, overrides, ...aws.identities });
  wiring.functions = functions;
  const hostility = new Hostility();
  const waiting = new Activity();
  const hurried = () => waiting.busy();
  const consumers = new Consumers({ deployment, aws, functions, clock, hostility, hurried, region: place.region });
  wiring.consumers = consumers;
  const targets = new Targets({ clock, sqs: aws.sqs, invoke, definition: (arn) => functions.definition(arn) });
  wiring.objects = new ObjectEvents(deployment, targets);
  const rules = new TopicRules({ deployment, sqs: aws.sqs, invoke, now });
  const broker = await startBroker({ ...place, port: ports.mqtts, registry: aws.iotRegistry, rules, now });
  wiring.broker = broker;
  const doors = openDoors({
    ...place,
    deployment,
    clock,
    invoke,
    jwksUri: (issuer) => jwksUri(aws, resources, issuer),
  });
  wiring.doors = doors;

  if (options.restoreFrom === undefined) await makeSubscriptions(deployment, aws, place.region);
  const parts: Part[] = [
    { name: 'functions', busy: () => functions.busy() > 0 },
    ...consumers.parts,
    { name: 'targets', busy: () => targets.busy() },
    { name: 'topic rules', busy: () => rules.busy() || broker.busy() },
    { name: 'doors', busy: () => doors.busy() },
    { name: 'AWS calls', busy: () => aws.idle().calls > 0 },
  ];
  const idle = (giveUpAfterMs?: number) => waiting.during(() => settle(parts, giveUpAfterMs));
  const time = startTime({ clock, deployment, place, aws, consumers, targets, doors, settle: () => idle() });
  return {
    ...{ ports, appOrigin, region: place.region, directory: options.directory, deployment, resources, clock, ...time },
    ...{
      aws,
      functions,
      consuming: consumers.functionNames,
      logs,
      hostility,
      doors,
      parts,
      idle,
      caPem: aws.iotRegistry.caPem,
    },
    people: options.people ?? nobody(),
    beHostile(seed) {
      hostility.set(seed);
      functions.beEager(seed !== undefined);
      const next = hostility.random;
      functions.kills.hostile(next === undefined ? undefined : { functions: consumers.functionNames, next });
    },
    async stop() {
      time.mover.stop();
      doors.stop();
      await broker.stop();
      functions.stop();
      await aws.stop();
      logs.stop();
    },
  };
}

function readTemplates(assembly: string, endpoint: string, wiring: Wiring): Deployment & { readonly region: string } {
  const stacks = readAssembly(assembly);
  const hasFunctions = (stack: StackTemplate) => JSON.stringify(stack.template).includes('AWS::Lambda::Function');
  const region = stacks.find(hasFunctions)?.region ?? 'ap-south-1';
  const deployment = readDeployment(stacks, {
    region,
    accountId: ACCOUNT_ID,
    endpoint,
    lateAttribute: (resource, name) =>
      resource.type === 'AWS::Cognito::UserPoolClient' && name === 'ClientSecret'
        ? wiring.aws?.cognito.clientSecret(resource.name)
        : undefined,
  });
  return Object.assign(deployment, { region });
}

/** Where the public keys of an issuer are on this machine; its name stays the one of AWS. */
function jwksUri(aws: AwsCloud, resources: Resources, issuer: string): string | undefined {
  const pool = resources.userPools.find(({ id }) => issuer.endsWith(`/${id}`));
  return pool === undefined ? undefined : aws.cognito.jwksUri(pool.id);
}
