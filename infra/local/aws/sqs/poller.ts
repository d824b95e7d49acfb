import type { GateKeeper } from '../gate.ts';
import type { Identity, SqsPoller } from '../types.ts';
import type { Queues } from './queues.ts';
import { queueNeeds, systemAttributes } from './service.ts';

/** What event source mappings do on AWS with the function's own role: its permissions are checked here too. */
export function sqsPoller(queues: Queues, gates: GateKeeper, region: string): SqsPoller {
  const permit = (identity: Identity, queueArn: string, action: string, keyActions: string[] = []) => {
    const queue = queues.byArn(queueArn);
    const needs = queueNeeds(queue, action, keyActions, region);
    gates.at({ identity, operator: false }).allow('sqs', action, needs);
    return queue;
  };
  return {
    async receive(identity, queueArn, max, visibilityTimeoutSeconds) {
      permit(identity, queueArn, 'GetQueueAttributes');
      const queue = permit(identity, queueArn, 'ReceiveMessage', ['kms:Decrypt']);
      return queue.receive(max, visibilityTimeoutSeconds).map(({ message, receiptHandle }) => ({
        messageId: message.messageId,
        receiptHandle,
        body: message.body,
        md5OfBody: message.md5OfBody,
        attributes: systemAttributes(message),
        messageAttributes: Object.fromEntries(
          Object.entries(message.messageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
            name,
            {
              dataType: DataType,
              ...(StringValue === undefined ? {} : { stringValue: StringValue }),
              ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
            },
          ]),
        ),
      }));
    },
    async delete(identity, queueArn, receiptHandles) {
      const queue = permit(identity, queueArn, 'DeleteMessage');
      for (const receipt of receiptHandles) queue.delete(receipt);
    },
    async changeVisibility(_identity, queueArn, receiptHandle, seconds) {
      queues.byArn(queueArn).changeVisibility(receiptHandle, seconds);
    },
    async send(queueArn, body, attributes) {
      queues.byArn(queueArn).send({ body, messageAttributes: attributes ?? {}, sender: 'service' });
    },
    counts: (queueArn) => queues.byArn(queueArn).counts(),
    nextReadableAt() {
      const next = queues.all().flatMap((queue) => queue.nextReadableAt() ?? []);
      return next.length ? Math.min(...next) : undefined;
    },
  };
}
