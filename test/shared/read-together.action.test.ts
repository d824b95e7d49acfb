import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { readTogether } from '../../functions/shared/read-together.ts';
import { commandsOf } from '../support/commands.ts';
import { createTestTools, type TestTools } from '../support/table-tools.ts';

let tools: TestTools;
let commands: string[];
beforeEach(async () => {
  tools = await createTestTools(inject('dynamodbEndpoint'));
  commands = commandsOf(tools.db);
});

const read = (pk: string, consistent = true) =>
  readTogether(tools.db, { tableName: tools.tableName, key: { pk, sk: 'A' }, consistent });

async function given(...names: string[]) {
  for (const pk of names)
    await tools.db.send(new PutCommand({ TableName: tools.tableName, Item: { pk, sk: 'A', name: pk } }));
  commands.length = 0;
}

describe('reads of the same moment', () => {
  it('travel as one request, and each hears of its own', async () => {
    await given('one', 'two');
    const rows = await Promise.all(['two', 'nobody', 'one', 'two'].map((pk) => read(pk)));
    expect(rows.map((row) => row?.name)).toEqual(['two', undefined, 'one', 'two']);
    expect(commands).toEqual(['BatchGetItemCommand']);
  });

  it('are plain when there is one', async () => {
    await given('one');
    expect(await read('one')).toMatchObject({ name: 'one' });
    expect(commands).toEqual(['GetItemCommand']);
  });

  it('keep those that must be consistent apart', async () => {
    await given('one', 'two', 'three', 'four');
    const rows = await Promise.all([read('one'), read('two'), read('three', false), read('four', false)]);
    expect(rows.map((row) => row?.name)).toEqual(['one', 'two', 'three', 'four']);
    expect(commands).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
  });

  it('go in hundreds', async () => {
    const rows = await Promise.all(Array.from({ length: 250 }, () => read(randomUUID())));
    expect(rows.filter((row) => row !== undefined)).toEqual([]);
    expect(commands).toHaveLength(3);
  });

  it('fail alone: a key that the table refuses is nobody else’s trouble', async () => {
    await given('one', 'two');
    const [one, strange, two] = await Promise.allSettled([read('one'), read(''), read('two')]);
    expect([one, two]).toMatchObject([{ value: { name: 'one' } }, { value: { name: 'two' } }]);
    expect(strange).toMatchObject({ status: 'rejected', reason: { name: 'ValidationException' } });
  });
});
