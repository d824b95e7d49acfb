import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../../../functions/shared/document-client.ts';
import { env } from '../../../../functions/shared/env.ts';
import { sortableId } from '../../../../functions/shared/ids.ts';
import { createLog } from '../../../../functions/shared/log.ts';
import { epochMilliseconds, type Instant } from '../../../../functions/shared/time.ts';
import { createTools, type Tools } from '../../../../functions/shared/tools.ts';
import { dice } from '../people/caseload.ts';

/** Tools at an instant of the past. */
export type Past = (at: Instant) => Tools;

const log = createLog();
let engine: DynamoDBDocumentClient | undefined;

/**
 * Tools for a life that has been lived: its actions read the instant that they happened at and write to the table engine
 * itself. No stream hears of it and nothing is sent, because whoever was to be told was told then.
 */
export function past(seed: number): Past {
  const throws = dice(seed);
  engine ??= documentClient({ endpoint: env('TABLE_ENGINE') });
  const db = engine;
  const tail = () =>
    Array.from({ length: 12 }, () =>
      throws
        .whole(0, 31)
        .toString(32)
        .replace(/[ilou]/, 'z'),
    ).join('');
  return (at) => ({
    db,
    env,
    tableName: env('TABLE_NAME'),
    now: () => at,
    id: (prefix) => sortableId(prefix, epochMilliseconds(at)).slice(0, -12) + tail(),
    send: () => Promise.resolve(),
    metric: () => undefined,
    log: { info: () => undefined, warn: () => undefined, fault: log.fault },
  });
}

/** Tools of this moment through the front door, where the stream hears and queues carry on, as the operator. */
export const present: Tools = createTools();
