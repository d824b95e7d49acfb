import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bundlePaths, root } from '../../infra/bundle.ts';
import { entries } from '../../infra/entries.ts';
import { mentions } from './support/policies.ts';
import { type Resource, type Synthesised, synthesise } from './support/template.ts';

let cloud: Synthesised;
beforeAll(async () => {
  cloud = await synthesise({ checked: false });
});

const Alarm = z.object({ AlarmName: z.string(), AlarmDescription: z.string(), AlarmActions: z.array(z.unknown()) });
const alarms = () => cloud.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => z.parse(Alarm, properties));
const described = (lambda: Resource) => String(lambda.properties.Description);

describe('functions', () => {
  it('are one per entry, each bundled alone, on Node.js 24 and arm64', () => {
    const functions = cloud.ofType('AWS::Lambda::Function');
    expect(functions.map(described).sort()).toEqual([...entries].sort());
    for (const { properties } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    }
  });

  it('write to a log group of their own that forgets', () => {
    const groups = cloud.ofType('AWS::Logs::LogGroup');
    for (const { id, properties } of groups) expect(properties.RetentionInDays, id).toBe(90);
    for (const lambda of cloud.ofType('AWS::Lambda::Function')) {
      const own = groups.filter((group) => mentions(lambda.properties.LoggingConfig, group));
      expect(own, described(lambda)).toHaveLength(1);
    }
  });

  it('weigh at most 450 kB behind an API', () => {
    for (const entry of entries.filter((entry) => entry.endsWith('api'))) {
      const bytes = readFileSync(join(bundlePaths(entry).asset, 'index.mjs')).byteLength;
      expect(bytes, entry).toBeLessThanOrEqual(450_000);
    }
  });

  it('start as they are shipped, each with its handler', () => {
    const files = entries.map((entry) => pathToFileURL(join(bundlePaths(entry).asset, 'index.mjs')).href);
    const program = `
      for (const file of ${JSON.stringify(files)}) {
        const { handler } = await import(file);
        if (typeof handler !== 'function') throw new Error(file + ' exports no handler');
      }`;
    const lambda = { AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'given', AWS_SECRET_ACCESS_KEY: 'by Lambda' };
    const run = () =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], { env: lambda, stdio: 'pipe' });
    expect(run).not.toThrow();
  });

  it('ship no source map: it would only help a stranger', () => {
    for (const entry of entries) {
      expect(readFileSync(join(bundlePaths(entry).asset, 'index.mjs'), 'utf8'), entry).not.toContain(
        'sourceMappingURL',
      );
    }
  });
});

describe('alarms', () => {
  const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
  const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  const anchorOf = (description: string) => /docs\/runbook\.md#([a-z0-9-]+)$/.exec(description)?.[1];

  it('exist for every function', () => {
    const watched = alarms().map(({ AlarmDescription }) => anchorOf(AlarmDescription));
    for (const entry of entries) expect(watched, entry).toContain(entry.replace('/', '-'));
  });

  it('say what users lose, and wake somebody', () => {
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms()) {
      const [lost] = AlarmDescription.split(' Runbook: ');
      expect(lost, AlarmName).toMatch(/^[A-Z].{20,}\.$/);
      expect(AlarmActions, AlarmName).toHaveLength(1);
    }
  });

  it('may publish to the topic that wakes people', () => {
    const policies = cloud.ofType('AWS::SNS::TopicPolicy').map(({ properties }) => JSON.stringify(properties));
    expect(
      policies.some((policy) => /"Effect":"Allow","Principal":\{"Service":"cloudwatch.amazonaws.com"\}/.test(policy)),
    ).toBe(true);
  });

  it('have their paragraph in the runbook, and the runbook has no other', () => {
    const anchors = alarms().map(({ AlarmDescription }) => anchorOf(AlarmDescription));
    expect([...anchors].sort()).toEqual([...headings].sort());
  });

  it('watch only measures that the program emits', () => {
    const Measured = z.object({ Namespace: z.literal('CareConnect'), MetricName: z.string() });
    const watched = cloud.ofType('AWS::CloudWatch::Alarm').flatMap(({ properties }) => {
      const measured = z.safeParse(Measured, properties);
      return measured.success ? [measured.data.MetricName] : [];
    });
    const bundles = entries.map((entry) => readFileSync(join(bundlePaths(entry).asset, 'index.mjs'), 'utf8'));
    expect(watched.length).toBeGreaterThan(4);
    for (const name of watched)
      expect(
        bundles.some((code) => code.includes(`"${name}"`)),
        name,
      ).toBe(true);
  });
});

describe('queues', () => {
  const Queue = z.object({
    VisibilityTimeout: z.number(),
    RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown() }),
  });
  const queues = () => cloud.ofType('AWS::SQS::Queue');
  const isDead = ({ properties }: Resource) => properties.RedriveAllowPolicy !== undefined;

  it('all have dead letters, and an alarm on those', () => {
    const depth = cloud.ofType('AWS::CloudWatch::Alarm').filter(({ properties }) => {
      return properties.MetricName === 'ApproximateNumberOfMessagesVisible';
    });
    for (const queue of queues().filter((queue) => !isDead(queue))) {
      const { RedrivePolicy } = z.parse(Queue, queue.properties);
      expect(
        queues().filter((dead) => isDead(dead) && mentions(RedrivePolicy, dead)),
        queue.id,
      ).toHaveLength(1);
    }
    for (const dead of queues().filter(isDead)) {
      expect(
        depth.some(({ properties }) => mentions(properties.Dimensions, dead)),
        dead.id,
      ).toBe(true);
    }
  });

  it('repeat a message only after six time-outs of its reader, which fails message by message', () => {
    const Mapping = z.object({ FunctionName: z.unknown(), EventSourceArn: z.unknown() });
    const mappings = cloud.ofType('AWS::Lambda::EventSourceMapping');
    for (const queue of queues().filter((queue) => !isDead(queue))) {
      const [mapping, ...more] = mappings.filter(({ properties }) => mentions(properties.EventSourceArn, queue));
      expect(more).toEqual([]);
      expect(mapping?.properties.FunctionResponseTypes, queue.id).toEqual(['ReportBatchItemFailures']);
      const { FunctionName } = z.parse(Mapping, mapping?.properties);
      const reader = cloud.ofType('AWS::Lambda::Function').find((lambda) => mentions(FunctionName, lambda));
      const timeout = z.parse(z.number(), reader?.properties.Timeout);
      expect(z.parse(Queue, queue.properties).VisibilityTimeout, queue.id).toBeGreaterThanOrEqual(6 * timeout);
    }
  });
});

describe('the stream', () => {
  it('has one reader, which gives up in the end and keeps what it gave up', () => {
    const readers = cloud
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ properties }) => JSON.stringify(properties.EventSourceArn).includes('Stream'));
    expect(readers).toHaveLength(1);
    expect(readers[0]?.properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: expect.any(Number),
      MaximumRecordAgeInSeconds: expect.any(Number),
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
  });
});

describe('pill boxes', () => {
  it('may connect and speak only as themselves', () => {
    const [policy] = cloud.ofType('AWS::IoT::Policy');
    const Document = z.object({
      PolicyDocument: z.object({ Statement: z.array(z.object({ Resource: z.array(z.unknown()) })) }),
    });
    const { Statement } = z.parse(Document, policy?.properties).PolicyDocument;
    for (const resource of Statement.flatMap(({ Resource }) => Resource)) {
      const text = JSON.stringify(resource);
      expect(text).toContain('iot:Connection.Thing.ThingName');
      expect(text).not.toContain('*');
    }
  });

  it('hand over their bytes as they are, and what the queue refuses is kept', () => {
    const [rule] = cloud.ofType('AWS::IoT::TopicRule');
    expect(rule?.properties).toMatchObject({
      RuleName: 'careconnect_telemetry_v1',
      TopicRulePayload: {
        Sql: expect.stringContaining("encode(*, 'base64') AS body"),
        ErrorAction: { Sqs: expect.anything() },
      },
    });
  });
});
