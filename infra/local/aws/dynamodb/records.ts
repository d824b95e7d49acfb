import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Item, StreamRecord, TableDef } from '../types.ts';

export type RecordMaker = (table: TableDef, change: Change) => StreamRecord | undefined;
export type Change = { key: Item; old: Item | undefined; new: Item | undefined; byTimeToLive?: boolean };

/** Makes the record that the table's stream would carry; none for a write that changes nothing. */
export function recordMaker(region: string, now: () => number): RecordMaker {
  let sequence = 0;
  return (table, change) => {
    if (!table.streamArn || isDeepStrictEqual(change.old, change.new)) return undefined;
    sequence += 1;
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: change.old === undefined ? 'INSERT' : change.new === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      eventSourceARN: table.streamArn,
      ...(change.byTimeToLive ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        Keys: change.key,
        ...(change.new ? { NewImage: change.new } : {}),
        ...(change.old ? { OldImage: change.old } : {}),
        SequenceNumber: String(sequence).padStart(21, '0'),
        SizeBytes: JSON.stringify([change.old, change.new]).length,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  };
}
