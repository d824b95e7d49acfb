import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsCloud, StreamRecord } from '../aws/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { Functions } from '../compute/functions.ts';
import type { Part } from '../settle.ts';
import type { Deployment } from '../template/deployment.ts';
import type { Hostility } from './hostility.ts';
import { type Mapping, readMappings } from './mapping.ts';
import { QueueConsumer } from './queue-consumer.ts';
import { StreamConsumer } from './stream-consumer.ts';

export interface ConsumersOptions {
  readonly deployment: Deployment;
  readonly aws: Pick<AwsCloud, 'sqs' | 'endpoint' | 'operator'>;
  readonly functions: Functions;
  readonly clock: Clock;
  readonly hostility: Hostility;
  /** Somebody waits for everything to be done. */
  hurried(): boolean;
  readonly region: string;
}

/** Every event source mapping of the template at work. */
export class Consumers {
  readonly #queues: QueueConsumer[] = [];
  readonly #streams: StreamConsumer[] = [];
  readonly #options: ConsumersOptions;
  readonly #functionNames = new Set<string>();

  constructor(options: ConsumersOptions) {
    this.#options = options;
    for (const mapping of readMappings(options.deployment)) this.#start(mapping);
  }

  /** Functions whose events come again after a crash. */
  get functionNames(): ReadonlySet<string> {
    return this.#functionNames;
  }

  get parts(): Part[] {
    return [
      ...this.#queues.map((queue) => ({ name: `queue ${queue.queueArn.split(':').at(-1)}`, busy: () => queue.busy() })),
      { name: 'streams', busy: () => this.#streams.some((stream) => stream.busy()) },
    ];
  }

  wakeQueue(queueArn: string): void {
    for (const queue of this.#queues) if (queue.queueArn === queueArn) queue.wake();
  }

  wakeAll(): void {
    for (const queue of this.#queues) queue.wake();
  }

  streamRecord(record: StreamRecord): void {
    for (const stream of this.#streams) if (stream.streamArn === record.eventSourceARN) stream.take(record);
  }

  #start(mapping: Mapping): void {
    const { functions, hostility, region, aws, hurried } = this.#options;
    const invoke = (name: string, event: unknown) => functions.invoke(name, event);
    this.#functionNames.add(mapping.functionName);
    if (mapping.sourceArn.startsWith('arn:aws:sqs:')) {
      const statements = [...(functions.definition(mapping.functionName)?.statements ?? [])];
      const identity = { functionName: mapping.functionName, accessKeyId: 'POLLER', statements };
      this.#queues.push(new QueueConsumer({ mapping, sqs: aws.sqs, identity, region, hostility, invoke, hurried }));
    } else if (mapping.sourceArn.startsWith('arn:aws:dynamodb:')) {
      const giveUp = (failed: Mapping, records: readonly StreamRecord[], error: string) =>
        this.#giveUp(failed, records, error);
      this.#streams.push(new StreamConsumer({ mapping, hurried, hostility, invoke, giveUp }));
    } else {
      throw new Error(`an event source that the local cloud does not read: ${mapping.sourceArn}`);
    }
  }

  /** The on-failure destination: a queue hears where to look, a bucket gets the records themselves. */
  async #giveUp(mapping: Mapping, records: readonly StreamRecord[], error: string): Promise<void> {
    const { aws, clock, region } = this.#options;
    const about = {
      requestContext: { functionArn: mapping.functionName, condition: 'RetryAttemptsExhausted', error },
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        streamArn: mapping.sourceArn,
        startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
        batchSize: records.length,
      },
    };
    if (mapping.onFailureArn?.startsWith('arn:aws:sqs:'))
      await aws.sqs.send(mapping.onFailureArn, JSON.stringify(about));
    if (mapping.onFailureArn?.startsWith('arn:aws:s3:::')) {
      const client = new S3Client({ endpoint: aws.endpoint, region, credentials: aws.operator, forcePathStyle: true });
      const Key = `aws/lambda/${mapping.functionName}/${about.timestamp}-${records[0]?.eventID ?? ''}`;
      const Body = JSON.stringify({ ...about, payload: { Records: records } });
      await client.send(
        new PutObjectCommand({ Bucket: mapping.onFailureArn.slice('arn:aws:s3:::'.length), Key, Body }),
      );
    }
  }
}
