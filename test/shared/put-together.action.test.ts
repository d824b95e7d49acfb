import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { putTogether } from '../../functions/shared/put-together.ts';
import { commandsOf } from '../support/commands.ts';
import { createTestTools, type TestTools } from '../support/table-tools.ts';

let tools: TestTools;
let commands: string[];
beforeEach(async () => {
  tools = await createTestTools(inject('dynamodbEndpoint'));
  commands = commandsOf(tools.db);
});

const put = (pk: string, says = pk) =>
  putTogether(tools.db, { tableName: tools.tableName, item: { pk, sk: 'A', says } });

async function stands(pk: string): Promise<unknown> {
  const key = { TableName: tools.tableName, Key: { pk, sk: 'A' } };
  return (await tools.db.send(new GetCommand(key))).Item?.says;
}

describe('puts of the same moment', () => {
  it('travel as one request', async () => {
    await Promise.all([put('one'), put('two')]);
    expect(commands).toEqual(['BatchWriteItemCommand']);
    expect([await stands('one'), await stands('two')]).toEqual(['one', 'two']);
  });

  it('are plain when there is one', async () => {
    await put('one');
    expect(commands).toEqual(['PutItemCommand']);
  });

  it('go in twenty-fives', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => put(`item ${index}`)));
    expect(commands).toHaveLength(3);
    expect(await stands('item 59')).toBe('item 59');
  });

  it('leave what was put last, when an item is put twice', async () => {
    await Promise.all([put('one', 'first'), put('two'), put('one', 'last')]);
    expect(commands).toEqual(['BatchWriteItemCommand']);
    expect(await stands('one')).toBe('last');
  });

  it('fail alone: an item that the table refuses is nobody else’s trouble', async () => {
    const [one, strange, two] = await Promise.allSettled([put('one'), put(''), put('two')]);
    expect([one.status, two.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(strange).toMatchObject({ status: 'rejected', reason: { name: 'ValidationException' } });
    expect([await stands('one'), await stands('two')]).toEqual(['one', 'two']);
  });
});
