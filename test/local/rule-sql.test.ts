import { expect, it } from 'vitest';
import { matchesTopic, readRuleSql } from '../../infra/local/iot/rule-sql.ts';

const message = (payload: string) => ({
  topic: 'boxes/CC-1/telemetry',
  payload: Buffer.from(payload),
  clientId: 'CC-1',
  receivedAt: 1000,
});

it('keeps the bytes as they came, and says who sent them', () => {
  const query = readRuleSql(
    "SELECT encode(*, 'base64') AS body, topic(2) AS boxId, clientid() AS clientId, timestamp() AS receivedAt FROM 'boxes/+/telemetry'",
  );
  expect(query.filter).toBe('boxes/+/telemetry');
  expect(query.select(message('\u0000 no json'))).toEqual({
    body: Buffer.from('\u0000 no json').toString('base64'),
    boxId: 'CC-1',
    clientId: 'CC-1',
    receivedAt: 1000,
  });
});

it('selects from a JSON payload, and fails on one that is none', () => {
  const query = readRuleSql("SELECT *, state.battery AS battery, topic() AS topic FROM 'boxes/#'");
  expect(query.select(message('{"a":1,"state":{"battery":3900}}'))).toEqual({
    a: 1,
    state: { battery: 3900 },
    battery: 3900,
    topic: 'boxes/CC-1/telemetry',
  });
  expect(() => query.select(message('no json'))).toThrow();
});

it.each(["SELECT * FROM 'a' WHERE b = 1", 'SELECT * FROM a', "SELECT aws_lambda('x') AS y FROM 'a'"])(
  'does not guess at %s',
  (sql) => {
    expect(() => readRuleSql(sql)).toThrow(/IoT SQL/);
  },
);

it.each([
  ['boxes/+/telemetry', 'boxes/CC-1/telemetry', true],
  ['boxes/#', 'boxes/CC-1/telemetry', true],
  ['boxes/+', 'boxes/CC-1/telemetry', false],
  ['boxes/+/telemetry', 'boxes/CC-1', false],
])('%s matches %s: %s', (filter, topic, expected) => {
  expect(matchesTopic(filter, topic)).toBe(expected);
});
