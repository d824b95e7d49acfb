import { createHash } from 'node:crypto';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { Refusal } from './refusal.ts';
import { getItem, putItem } from './table.ts';
import { addSeconds, expiresAtEpochSeconds } from './time.ts';
import type { Tools } from './tools.ts';

const keptSeconds = 24 * 3600;
const inFlightSeconds = 60;

const Kept = z.object({ bodyHash: z.string(), inFlightUntil: z.optional(z.string()), answer: z.optional(z.string()) });

type Call = {
  readonly userId: string;
  readonly route: string;
  readonly key: string | undefined;
  readonly body: string;
};

/**
 * Access pattern 4: the same key and body within 24 hours gets the first answer again; the same key with another body
 * is refused; while the first is still running the second gets a conflict. A call that failed may be tried again.
 */
export async function once(
  tools: Tools,
  call: Call,
  act: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (!call.key || call.key.length > 128)
    throw new Refusal('invalid', 'idempotency-key-required', 'Send an Idempotency-Key of up to 128 characters.');
  const key = { pk: `IDEM#${call.userId}`, sk: `${call.route}#${call.key}` };
  const bodyHash = createHash('sha256').update(call.body).digest('base64url');
  const now = tools.now();
  const claim = {
    ...key,
    kind: 'idempotency',
    v: 1,
    bodyHash,
    inFlightUntil: addSeconds(now, inFlightSeconds),
    expiresAtEpochSeconds: expiresAtEpochSeconds(now, keptSeconds),
  };
  const claimed = await putItem(tools, claim, {
    expression:
      'attribute_not_exists(pk) OR expiresAtEpochSeconds < :nowSeconds OR (attribute_not_exists(answer) AND inFlightUntil < :now)',
    values: { ':now': now, ':nowSeconds': expiresAtEpochSeconds(now, 0) },
  });
  if (claimed === 'conflict') return await replay(tools, key, bodyHash);
  try {
    const answer = await act();
    await tools.db.send(
      new UpdateCommand({
        TableName: tools.tableName,
        Key: key,
        UpdateExpression: 'SET answer = :answer REMOVE inFlightUntil',
        ExpressionAttributeValues: { ':answer': JSON.stringify(answer) },
      }),
    );
    return answer;
  } catch (error) {
    await tools.db.send(new DeleteCommand({ TableName: tools.tableName, Key: key }));
    throw error;
  }
}

async function replay(
  tools: Tools,
  key: { pk: string; sk: string },
  bodyHash: string,
): Promise<APIGatewayProxyStructuredResultV2> {
  const kept = await getItem(tools, key, Kept);
  if (kept && kept.bodyHash !== bodyHash)
    throw new Refusal('key-reused', 'idempotency-key-reused', 'This Idempotency-Key was used with another body.');
  if (!kept?.answer)
    throw new Refusal('conflict', 'in-flight', 'The first call with this key is still running.', {
      retryAfterSeconds: 1,
    });
  const answer: APIGatewayProxyStructuredResultV2 = JSON.parse(kept.answer);
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}
