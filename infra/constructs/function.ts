import { existsSync } from 'node:fs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, EventSourceMapping, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundlePaths } from '../bundle.ts';
import { addAlarm, alarmPeriod } from './alarm.ts';
import { grantConsume, grantSend, grantTable, type TableAction, useKey } from './grant.ts';
import type { House } from './house.ts';
import type { AppQueue } from './queue.ts';
import type { TableInUse } from './table.ts';

export type AppFunctionProps = {
  /** File below functions/ without its ending, e.g. `devices/on-telemetry`. */
  readonly entry: string;
  /** What users lose while this function fails: whole sentences for whoever is woken by the alarm. */
  readonly impact: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  readonly memoryMegabytes?: number;
  /** Where an asynchronous invocation goes that failed for good; for functions that a schedule calls. */
  readonly deadLetters?: IQueue;
};

/** Our Lambda: Node.js 24 on arm64, bundled alone, its own role and log group, an alarm that says what users lose. */
export class AppFunction extends Construct implements IGrantable {
  readonly lambda: LambdaFunction;
  readonly grantPrincipal: IPrincipal;
  private readonly timeout: Duration;

  constructor(scope: Construct, id: string, house: House, props: AppFunctionProps) {
    super(scope, id);
    const context = props.entry.split('/')[0] ?? props.entry;
    const logGroup = new LogGroup(this, 'Log', {
      encryptionKey: house.keys.operations,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    useKey(role, house.keys.operations, ['kms:Decrypt']);
    this.timeout = props.timeout ?? Duration.seconds(10);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.entry,
      code: Code.fromAsset(assetOf(props.entry)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 1024,
      timeout: this.timeout,
      role,
      logGroup,
      environment: { CONTEXT: context, ...props.environment },
      environmentEncryption: house.keys.operations,
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
    });
    this.grantPrincipal = this.lambda.grantPrincipal;
    if (props.deadLetters) grantSend(this, props.deadLetters);
    const trouble = new MathExpression({
      expression: 'errors + throttles',
      label: `${props.entry} failed or was throttled`,
      usingMetrics: { errors: this.lambda.metricErrors(), throttles: this.lambda.metricThrottles() },
      period: alarmPeriod,
    });
    addAlarm(this, 'Trouble', house, {
      metric: trouble,
      threshold: 1,
      impact: props.impact,
      runbook: props.entry.replace('/', '-'),
    });
  }

  /** Names the table to the function and grants these actions on it; `index` adds a Query of gsi1. */
  useTable(table: TableInUse, actions: readonly TableAction[], more: { index?: boolean } = {}): void {
    this.lambda.addEnvironment('TABLE_NAME', table.tableName);
    grantTable(this, table, actions, more);
  }

  /**
   * Reads a queue in batches; one bad message fails alone. The queue waits six time-outs before it repeats a message. So many run
   * at once, of the thousand that an account may run: a night in which every patient is due leaves the APIs their share.
   */
  consume(queue: AppQueue, batch: { size: number; windowSeconds?: number; maxConcurrency: number }): void {
    queue.checkVisibility(this.timeout);
    grantConsume(this, queue.queue);
    new EventSourceMapping(this, `From${queue.node.id}`, {
      target: this.lambda,
      eventSourceArn: queue.queue.queueArn,
      batchSize: batch.size,
      reportBatchItemFailures: true,
      maxConcurrency: batch.maxConcurrency,
      ...(batch.windowSeconds !== undefined && { maxBatchingWindow: Duration.seconds(batch.windowSeconds) }),
    });
  }
}

function assetOf(entry: string): string {
  const { asset } = bundlePaths(entry);
  if (!existsSync(asset))
    throw new Error(`functions/${entry}.ts was not bundled: add it to the entries in infra/entries.ts`);
  return asset;
}
