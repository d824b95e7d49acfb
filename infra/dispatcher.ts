import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping, EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { heard } from '../functions/shared/fan-out.ts';
import { addAlarm, alarmPeriod } from './constructs/alarm.ts';
import { AppFunction } from './constructs/function.ts';
import { allow, useKey } from './constructs/grant.ts';
import { resourceOf } from './constructs/resource.ts';
import type { Parts } from './parts.ts';

/** The one reader of the table's stream: two would already be the limit of a shard. */
export function addDispatcher(scope: Construct, { house, lasting, queues }: Parts): void {
  const { table, documents } = lasting;
  const reader = new AppFunction(scope, 'OnStream', house, {
    entry: 'shared/on-stream',
    impact: 'Nothing that happens is told on: no alert, no live screen, no worklist, no archive.',
    timeout: Duration.seconds(30),
  });
  queues.sendFrom(reader, 'alerts', 'projections', 'live', 'devices', 'audit');
  const streamArn = table.tableStreamArn;
  if (streamArn === undefined) throw new Error('the table in use has no stream');
  allow(reader, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn]);
  // Asked for when the mapping is made; it names no stream.
  allow(reader, ['dynamodb:ListStreams'], ['*']);
  useKey(reader, house.keys.data, ['kms:Decrypt', 'kms:GenerateDataKey']);
  allow(reader, ['s3:PutObject'], [documents.arnForObjects('aws/lambda/*')]);
  allow(reader, ['s3:ListBucket'], [documents.bucketArn]);
  const mapping = new EventSourceMapping(scope, 'FromStream', {
    target: reader.lambda,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    retryAttempts: 20,
    maxRecordAge: Duration.hours(20),
    parallelizationFactor: 4,
    reportBatchItemFailures: true,
    // Timers, boxes' states and logs are most of what is written and nobody's news: no function runs for them.
    filters: [
      FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: [...heard.kinds] } } } }),
      FilterCriteria.filter({ eventName: ['REMOVE'], dynamodb: { OldImage: { kind: { S: [...heard.removed] } } } }),
    ],
  });
  resourceOf(mapping, CfnEventSourceMapping).destinationConfig = { onFailure: { destination: documents.bucketArn } };
  addAlarm(scope, 'StreamLate', house, {
    metric: reader.lambda.metric('IteratorAge', { period: alarmPeriod, statistic: 'Maximum' }),
    threshold: 60_000,
    impact: 'Alerts, live screens and worklists lag a minute or more behind what is known.',
    runbook: 'stream-late',
  });
}
