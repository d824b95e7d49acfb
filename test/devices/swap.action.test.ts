import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { readBox, readHolds } from '../../functions/devices/store.ts';
import { correctSwap } from '../../functions/devices/swap.ts';
import { readDay } from '../../functions/treatment/store.ts';
import { meanwhile } from '../support/meanwhile.ts';
import type { TestTools } from '../support/tools.ts';
import { aHeartbeat, anOpening } from './support/events.ts';
import { devicesTools, givenHeldBox, sends, statusesOn } from './support/given.ts';

let tools: TestTools;
const [boxA, boxB] = ['CC-1111', 'CC-2222'];

/** Patient 1 was given box A and patient 2 box B; on the 25th they took each other's. Patient 1 takes every dose, patient 2 none. */
beforeEach(async () => {
  tools = await devicesTools('2026-11-28T22:00:00.000Z');
  await givenHeldBox(tools, { boxId: boxA, patientId: 'pat_1' });
  await givenHeldBox(tools, { boxId: boxB, patientId: 'pat_2' });
  const dosesOf = (days: number[], boxId: string) =>
    sends(
      tools,
      [
        ...days.map((day, seq) => anOpening({ seq: seq + 1, deviceTime: `2026-11-${day}T02:31:00Z` })),
        aHeartbeat({ seq: days.length + 1, deviceTime: tools.now() }),
      ],
      { boxId },
    );
  await dosesOf([22, 23, 24], boxA);
  await dosesOf([25, 26, 27, 28], boxB);
});

const swap = (since = '2026-11-24T12:00:00.000Z') => correctSwap(tools, { boxA, boxB, since, actorId: 'usr_nurse' });
const course = async (patientId: string) => {
  const all: string[] = [];
  for (const day of [23, 24, 25, 26]) all.push((await statusesOn(tools, `2026-11-${day}`, patientId)).join());
  return all;
};

describe('a swap that is corrected back-dated', () => {
  it('moves the openings to who really had each box, and puts both calendars right', async () => {
    expect(await course('pat_1')).toEqual([
      'opened arrived-late',
      'opened arrived-late',
      expect.any(String),
      expect.any(String),
    ]);
    const answer = await swap();
    expect(answer).toEqual({
      outcome: 'corrected',
      moved: [
        { patientId: 'pat_2', given: 0, taken: 4 },
        { patientId: 'pat_1', given: 4, taken: 0 },
      ],
    });
    expect(await course('pat_1')).toEqual(Array(4).fill('opened arrived-late'));
    expect((await course('pat_2')).some((status) => status.startsWith('opened'))).toBe(false);
  });

  it('rewrites both histories', async () => {
    await swap();
    expect((await readBox(tools, boxA))?.held).toMatchObject([
      { patientId: 'pat_1', to: '2026-11-24T12:00:00.000Z' },
      { patientId: 'pat_2', from: '2026-11-24T12:00:00.000Z' },
    ]);
    expect(await readHolds(tools, 'pat_1')).toMatchObject({ boxId: boxB });
    expect(await readHolds(tools, 'pat_2')).toMatchObject({ boxId: boxA });
  });

  it('is done once, however often it is asked', async () => {
    await swap();
    const after = [await course('pat_1'), await readBox(tools, boxA)];
    expect(await swap()).toMatchObject({
      outcome: 'already-corrected',
      moved: [
        { given: 0, taken: 0 },
        { given: 0, taken: 0 },
      ],
    });
    expect([await course('pat_1'), await readBox(tools, boxA)]).toEqual(after);
  });

  it('reaches back to the hand-over at most', async () => {
    await swap('2026-11-01T00:00:00.000Z');
    expect((await readBox(tools, boxA))?.held).toMatchObject([
      { patientId: 'pat_2', from: '2026-11-20T04:00:00.000Z' },
    ]);
    expect((await course('pat_2')).slice(0, 2)).toEqual(['opened arrived-late', 'opened arrived-late']);
  });

  it('sends what comes later to who has the box now', async () => {
    await swap();
    tools.setNow('2026-11-29T04:00:00.000Z');
    await sends(tools, anOpening({ seq: 9, deviceTime: '2026-11-29T02:31:00Z' }), { boxId: boxA });
    expect(await statusesOn(tools, '2026-11-29', 'pat_2')).toEqual(['opened']);
  });

  it.each(['pat_1', 'pat_2', boxA, boxB])('is in the audit of %s', async (subject) => {
    await swap();
    const answer = await tools.db.send(
      new QueryCommand({
        TableName: tools.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `AUDIT#${subject}#2026-11` },
      }),
    );
    expect(answer.Items?.map((event) => event.action)).toContain('correct swapped boxes');
  });
});

describe('an opening that arrives in the moment of the correction', () => {
  const evidence = async (patientId: string) =>
    (await readDay(tools, patientId, '2026-11-28'))?.facts.evidence.filter((one) => one.movedAt === undefined);
  const late = anOpening({ seq: 6, deviceTime: '2026-11-28T14:00:00Z' });

  it('is of who really has the box, and of nobody else', async () => {
    meanwhile(tools, swap, 'DAY#2026-11-28');
    await sends(tools, late, { boxId: boxB });
    expect(await evidence('pat_2')).toEqual([]);
    expect(await evidence('pat_1')).toHaveLength(2);
  });
});
