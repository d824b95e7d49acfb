import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from './document-client.ts';
import { env } from './env.ts';
import { sortableId } from './ids.ts';
import { createLog, type Log } from './log.ts';
import { emitMetric, type MetricName } from './metrics.ts';
import { type Instant, toInstant } from './time.ts';

/** The queues by the word that code uses; the template gives each URL as `<NAME>_QUEUE_URL`. */
export type QueueName = 'alerts' | 'projections' | 'live' | 'devices' | 'audit' | 'notifications' | 'due';

export type QueueMessage = {
  readonly body: unknown;
  /** 0 to 900 s. */
  readonly delaySeconds?: number;
};

/** All that an action may reach: handed in, so that a test can hold the clock and read what was sent. */
export type Tools = {
  /** The instant at which this is asked. Never a constant of the module. */
  now(): Instant;
  /** A new opaque, time-sortable id such as `pat_…`. */
  id(prefix: string): string;
  readonly db: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Sends, at least once, in batches of ten. Throws when any message was not accepted. */
  send(queue: QueueName, messages: readonly QueueMessage[]): Promise<void>;
  env(name: string): string;
  metric(name: MetricName, value: number, unit: 'Count' | 'Seconds'): void;
  readonly log: Log;
};

export function createTools(): Tools {
  const db = documentClient({});
  const sqs = new SQSClient({});
  const log = createLog();
  return {
    now: () => toInstant(Date.now()),
    id: (prefix) => sortableId(prefix, Date.now()),
    db,
    get tableName() {
      return env('TABLE_NAME');
    },
    send: (queue, messages) => sendAll(sqs, env(`${queue.toUpperCase()}_QUEUE_URL`), messages),
    env,
    metric: emitMetric,
    log,
  };
}

async function sendAll(sqs: SQSClient, queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    const entries = messages.slice(start, start + 10).map((message, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message.body),
      DelaySeconds: message.delaySeconds ?? 0,
    }));
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const failed = answer.Failed?.length ?? 0;
    if (failed > 0) throw new Error(`${failed} of ${entries.length} messages were not accepted`);
  }
}
