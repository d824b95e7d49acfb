import type { DynamoDBRecord } from 'aws-lambda';
import type { ItemChange } from './events.ts';
import { streamHandler } from './events.ts';
import { queuesFor } from './fan-out.ts';
import type { QueueMessage, QueueName, Tools } from './tools.ts';

export const handler = streamHandler(dispatch);

/** The one reader of the table's stream: says on each queue that cares which item changed, never what it says. */
async function dispatch(tools: Tools, records: readonly DynamoDBRecord[]): Promise<void> {
  const perQueue = new Map<QueueName, QueueMessage[]>();
  for (const record of records) {
    const change = changeOf(record);
    if (!change) continue;
    for (const queue of queuesFor(change.kind, change.event)) {
      const messages = perQueue.get(queue) ?? [];
      messages.push({ body: change });
      perQueue.set(queue, messages);
    }
  }
  await Promise.all([...perQueue].map(([queue, messages]) => tools.send(queue, messages)));
}

function changeOf(record: DynamoDBRecord): ItemChange | undefined {
  const image = record.dynamodb?.NewImage ?? record.dynamodb?.OldImage;
  const kind = image?.kind?.S;
  const pk = record.dynamodb?.Keys?.pk?.S;
  const sk = record.dynamodb?.Keys?.sk?.S;
  if (kind === undefined || pk === undefined || sk === undefined || record.eventName === undefined) return undefined;
  const seconds = record.dynamodb?.ApproximateCreationDateTime ?? 0;
  return { kind, pk, sk, event: record.eventName, at: new Date(seconds * 1000).toISOString() };
}
