import middy from '@middy/core';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  ScheduledEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import * as z from 'zod/mini';
import { createTools, type Tools } from './tools.ts';

/** What the stream dispatcher puts on a queue: which item changed. A consumer re-reads the state before it acts. */
export const ItemChange = z.object({
  kind: z.string(),
  pk: z.string(),
  sk: z.string(),
  event: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  /** When the change was made, UTC. */
  at: z.string(),
});
export type ItemChange = z.infer<typeof ItemChange>;

/**
 * A consumer of a queue whose messages are independent: they are carried out side by side. One message that fails is retried alone, and after the queue's
 * limit it is parked in the dead-letter queue. `act` must be idempotent: deliveries repeat.
 */
export function queueHandler<T extends z.ZodMiniType>(
  shape: T,
  act: (tools: Tools, message: z.output<T>) => Promise<string | undefined>,
) {
  return batchHandler(shape, async (tools, messages) => {
    const failed: string[] = [];
    const one = async ({ id, message }: BatchMessage<z.output<T>>) => {
      try {
        const outcome = await act(tools, message);
        tools.log.info('message done', { messageId: id, outcome: outcome ?? 'done' });
      } catch (error) {
        tools.log.fault('message failed', error, { messageId: id });
        failed.push(id);
      }
    };
    await Promise.all(messages.map(one));
    return failed;
  });
}

export type BatchMessage<T> = { readonly id: string; readonly message: T; readonly sentAt: string };

/** A consumer that wants the whole batch (to group it). Answers the ids that failed; a body of the wrong shape fails alone. */
export function batchHandler<T extends z.ZodMiniType>(
  shape: T,
  act: (tools: Tools, messages: readonly BatchMessage<z.output<T>>[]) => Promise<readonly string[]>,
) {
  const tools = createTools();
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event) => {
    const messages: BatchMessage<z.output<T>>[] = [];
    const failed: string[] = [];
    for (const record of event.Records) {
      const parsed = z.safeParse(shape, jsonOrUndefined(record.body));
      const sentAt = new Date(Number(record.attributes.SentTimestamp)).toISOString();
      if (parsed.success) messages.push({ id: record.messageId, message: parsed.data, sentAt });
      else {
        tools.log.warn('message has the wrong shape', { messageId: record.messageId });
        failed.push(record.messageId);
      }
    }
    failed.push(...(await act(tools, messages)));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

/** A schedule's target. `act` gets the instant for which it was fired, which may lie in the past after an outage. */
export function scheduleHandler(act: (tools: Tools, firedFor: string) => Promise<string | undefined>) {
  const tools = createTools();
  return middy<ScheduledEvent, void>().handler(async (event) => {
    const outcome = await act(tools, new Date(event.time).toISOString());
    tools.log.info('schedule done', { outcome: outcome ?? 'done' });
  });
}

/** The reader of the table's stream. Records come in order per item; the first that fails ends the batch, as the shard must not skip. */
export function streamHandler(act: (tools: Tools, records: readonly DynamoDBRecord[]) => Promise<void>) {
  const tools = createTools();
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (event) => {
    try {
      await act(tools, event.Records);
      return { batchItemFailures: [] };
    } catch (error) {
      tools.log.fault('stream batch failed', error, { count: event.Records.length });
      const first = event.Records[0]?.dynamodb?.SequenceNumber;
      return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
    }
  });
}

export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
