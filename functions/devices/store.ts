import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { accessCardItem } from '../shared/access-store.ts';
import { readTogether } from '../shared/read-together.ts';
import {
  conditionally,
  getItem,
  type Key,
  type Page,
  putItem,
  queryAll,
  queryPage,
  queryRows,
} from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import type { BoxState } from './box-state.ts';
import { Allocation, type Box, Held, Holder, Profile, Settings, StoredState, Ticket } from './items.ts';

export type Table = Pick<Tools, 'db' | 'tableName'>;

export const boxKey = (boxId: string, sk: string) => ({ pk: `BOX#${boxId}`, sk });
export const patientKey = (patientId: string, sk: string) => ({ pk: `PAT#${patientId}`, sk });

/** Access pattern 60: a box with its history, holder, settings, state and open ticket: one query, ~1 RU. */
export async function readBox(table: Table, boxId: string): Promise<Box | undefined> {
  const rows = await queryRows(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': `BOX#${boxId}`, ':first': 'BOX', ':last': 'TICKET#open' },
    ConsistentRead: true,
  });
  return boxFrom(rows);
}

function boxFrom(rows: readonly Record<string, unknown>[]): Box | undefined {
  const one = <T extends z.ZodMiniType>(sk: string, shape: T): z.output<T> | undefined => {
    const row = rows.find((candidate) => candidate.sk === sk);
    return row && z.parse(shape, row);
  };
  const profile = one('BOX', Profile);
  const state = one('STATE', StoredState);
  if (!profile || !state) return undefined;
  const holder = one('HOLDER', Holder);
  const settings = one('SETTINGS', Settings);
  const ticket = one('TICKET#open', Ticket);
  const held = rows.filter((row) => String(row.sk).startsWith('HELD#')).map((row) => z.parse(Held, row));
  return { profile, state, held, ...(holder && { holder }), ...(settings && { settings }), ...(ticket && { ticket }) };
}

/** Access pattern 89: who holds a box now. Every change of its history changes this too. */
export async function readHolder(table: Table, boxId: string): Promise<Holder | undefined> {
  return await getItem(table, boxKey(boxId, 'HOLDER'), Holder);
}

/** Access pattern 61: the state as folded, over the version that was read; 1 WU. */
export async function writeState(
  table: Table,
  boxId: string,
  state: BoxState,
  readVersion: number,
): Promise<'stored' | 'conflict'> {
  const item = { ...boxKey(boxId, 'STATE'), kind: 'box-state', v: 1, ...state, version: readVersion + 1 };
  return await putItem(table, item, { expression: 'version = :read', values: { ':read': readVersion } });
}

/** Access pattern 83: what treatment waits to hear of has changed (plan, holder): the box's next word is news again. */
export async function forgetWindowEnd(table: Table, boxId: string): Promise<void> {
  const update = new UpdateCommand({
    TableName: table.tableName,
    Key: boxKey(boxId, 'STATE'),
    UpdateExpression: 'REMOVE nextWindowEnd ADD version :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  });
  await conditionally(table.db.send(update));
}

/** Access pattern 62: a new box: profile (in the facility's list), empty state, access card; once per id. */
export async function createBox(table: Table, profile: Profile): Promise<'stored' | 'conflict'> {
  const items = [
    profileItem(profile),
    { ...boxKey(profile.boxId, 'STATE'), kind: 'box-state', v: 1, version: 1, boots: {} },
    accessCardItem({ kind: 'box', id: profile.boxId }, { path: profile.path }),
  ];
  return await conditionally(
    table.db.send(
      new TransactWriteCommand({
        TransactItems: items.map((Item) => ({
          Put: { TableName: table.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
        })),
      }),
    ),
  );
}

export function profileItem(profile: Profile) {
  return {
    ...boxKey(profile.boxId, 'BOX'),
    kind: 'box',
    v: 1,
    gsi1pk: `ORG#${profile.facilityId}#BOXES`,
    gsi1sk: profile.boxId,
    ...profile,
  };
}

/** Access pattern 63: the profile over the version that was read. */
export async function writeProfile(table: Table, profile: Profile): Promise<'stored' | 'conflict'> {
  const item = profileItem({ ...profile, version: profile.version + 1 });
  return await putItem(table, item, { expression: 'version = :read', values: { ':read': profile.version } });
}

/** Access pattern 64: the settings that we asked for. */
export async function writeSettings(table: Table, boxId: string, settings: Settings): Promise<void> {
  await putItem(table, { ...boxKey(boxId, 'SETTINGS'), kind: 'box-settings', v: 1, ...settings });
}

/** Access pattern 65: the boxes of a facility, held or in stock, a page. */
export async function facilityPage(table: Table, facilityId: string, limit: number, cursor?: string) {
  return await indexPage(table, `ORG#${facilityId}#BOXES`, limit, cursor);
}

/** Access pattern 66: the boxes that a team's patients hold, a page. */
export async function teamPage(table: Table, teamId: string, limit: number, cursor?: string) {
  return await indexPage(table, `TEAM#${teamId}#BOXES`, limit, cursor);
}

const BoxRow = z.object({ boxId: z.string() });

async function indexPage(table: Table, partition: string, limit: number, cursor?: string): Promise<Page<string>> {
  const page = await queryPage(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': partition },
      Limit: limit,
    },
    BoxRow,
    cursor,
  );
  return { items: page.items.map((row) => row.boxId), ...(page.next && { next: page.next }) };
}

/** Access pattern 67: what a list shows of each box: five items each, in batches of a hundred. */
export async function readBoxes(table: Table, boxIds: readonly string[]): Promise<Box[]> {
  const { db, tableName } = table;
  const row = (key: Key) => readTogether(db, { tableName, key, consistent: false });
  const boxes = boxIds.map(async (id) => {
    const rows = await Promise.all(boxItems.map((sk) => row(boxKey(id, sk))));
    return boxFrom(rows.filter((one) => one !== undefined));
  });
  return (await Promise.all(boxes)).filter((box) => box !== undefined);
}

const boxItems = ['BOX', 'STATE', 'HOLDER', 'SETTINGS', 'TICKET#open'];

/** Access pattern 68: the stretches in which a patient held boxes, oldest first. */
export async function readAllocations(table: Table, patientId: string): Promise<Allocation[]> {
  return await queryAll(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `PAT#${patientId}`, ':prefix': 'BOX#' },
      ConsistentRead: true,
    },
    Allocation,
  );
}

const Holds = z.object({ boxId: z.string(), from: z.string() });

/** Access pattern 69: the box that a patient holds now. */
export async function readHolds(table: Table, patientId: string): Promise<z.infer<typeof Holds> | undefined> {
  return await getItem(table, patientKey(patientId, 'HOLDS'), Holds);
}
