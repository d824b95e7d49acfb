import { describe, expect, it } from 'vitest';
import { authorise } from '../../../infra/local/aws/authorise.ts';
import type { PolicyStatement } from '../../../infra/local/aws/index.ts';

const allow = (rest: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: ['*'],
  Resource: ['*'],
  ...rest,
});
const table = 'arn:aws:dynamodb:ap-south-1:1:table/care';

describe('a role decides', () => {
  it.each<[string, PolicyStatement[], string, string, Record<string, string | string[]>, string]>([
    ['nothing without a statement', [], 'sqs:SendMessage', 'q', {}, 'no-allow'],
    ['an action by its name', [allow({ Action: ['dynamodb:PutItem'] })], 'dynamodb:PutItem', table, {}, 'allowed'],
    [
      'actions without regard to case',
      [allow({ Action: ['DynamoDB:putitem'] })],
      'dynamodb:PutItem',
      table,
      {},
      'allowed',
    ],
    ['not another action', [allow({ Action: ['dynamodb:GetItem'] })], 'dynamodb:PutItem', table, {}, 'no-allow'],
    ['actions by wildcard', [allow({ Action: ['kms:GenerateDataKey*'] })], 'kms:GenerateDataKey', 'k', {}, 'allowed'],
    [
      'resources by wildcard',
      [allow({ Resource: [`${table}/index/*`] })],
      'dynamodb:Query',
      `${table}/index/gsi1`,
      {},
      'allowed',
    ],
    [
      'an index is not its table',
      [allow({ Resource: [table] })],
      'dynamodb:Query',
      `${table}/index/gsi1`,
      {},
      'no-allow',
    ],
    ['one character by ?', [allow({ Resource: ['box-?'] })], 'iot:Publish', 'box-12', {}, 'no-allow'],
    ['dots as dots', [allow({ Resource: ['a.c'] })], 'x:Y', 'abc', {}, 'no-allow'],
    ['deny over allow', [allow({}), allow({ Effect: 'Deny', Action: ['sns:*'] })], 'sns:Publish', 't', {}, 'denied'],
    ['NotAction', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: ['*'] }], 'iam:PassRole', 'r', {}, 'no-allow'],
    [
      'NotResource',
      [{ Effect: 'Allow', Action: ['sns:Publish'], NotResource: ['arn:aws:sns:*:*:*'] }],
      'sns:Publish',
      '+919800000000',
      {},
      'allowed',
    ],
    [
      'NotResource keeps topics out',
      [{ Effect: 'Allow', Action: ['sns:Publish'], NotResource: ['arn:aws:sns:*:*:*'] }],
      'sns:Publish',
      'arn:aws:sns:ap-south-1:1:t',
      {},
      'no-allow',
    ],
    [
      'a key only through its service',
      [allow({ Condition: { StringEquals: { 'kms:ViaService': 'sqs.ap-south-1.amazonaws.com' } } })],
      'kms:Decrypt',
      'k',
      { 'kms:ViaService': 'sqs.ap-south-1.amazonaws.com' },
      'allowed',
    ],
    [
      'a condition whose key is missing',
      [allow({ Condition: { StringEquals: { 'kms:ViaService': 'sqs' } } })],
      'kms:Decrypt',
      'k',
      {},
      'no-allow',
    ],
    [
      'IfExists when the key is missing',
      [allow({ Condition: { StringEqualsIfExists: { 'sns:Protocol': 'sms' } } })],
      'sns:Subscribe',
      't',
      {},
      'allowed',
    ],
    [
      'leading keys, all of them',
      [allow({ Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['PAT#*'] } } })],
      'dynamodb:GetItem',
      table,
      { 'dynamodb:LeadingKeys': ['PAT#1', 'USER#1'] },
      'no-allow',
    ],
    [
      'a negated condition',
      [allow({ Effect: 'Deny', Condition: { StringNotEquals: { 'sns:Protocol': ['sms', 'email'] } } }), allow({})],
      'sns:Subscribe',
      't',
      { 'sns:Protocol': 'https' },
      'denied',
    ],
  ])('%s', (_what, statements, action, resource, context, decision) => {
    expect(authorise(statements, action, resource, context)).toBe(decision);
  });

  it('refuses to guess a condition operator it does not know', () => {
    const statement = allow({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } } });
    expect(() => authorise([statement], 'a:B', 'r')).toThrow(/DateLessThan/);
  });
});
