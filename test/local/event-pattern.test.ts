import { expect, it } from 'vitest';
import { matchesPattern } from '../../infra/local/messages/event-pattern.ts';

const record = { eventName: 'MODIFY', dynamodb: { NewImage: { kind: { S: 'day' } } }, size: 7, tags: ['a', 'b'] };

it.each([
  ['any of the values', { eventName: ['INSERT', 'MODIFY'] }, true],
  ['a nested value', { dynamodb: { NewImage: { kind: { S: ['alert', 'day'] } } } }, true],
  ['another nested value', { dynamodb: { NewImage: { kind: { S: ['alert'] } } } }, false],
  ['one of a list', { tags: ['b'] }, true],
  ['prefix', { eventName: [{ prefix: 'MOD' }] }, true],
  ['suffix', { eventName: [{ suffix: 'IFY' }] }, true],
  ['anything but', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
  ['anything but this', { eventName: [{ 'anything-but': ['MODIFY'] }] }, false],
  ['exists', { dynamodb: { OldImage: [{ exists: false }] } }, true],
  ['a range', { size: [{ numeric: ['>', 5, '<=', 7] }] }, true],
  ['outside a range', { size: [{ numeric: ['>', 7] }] }, false],
  ['either', { $or: [{ eventName: ['REMOVE'] }, { size: [7] }] }, true],
  ['without case', { eventName: [{ 'equals-ignore-case': 'modify' }] }, true],
  ['wildcard', { eventName: [{ wildcard: 'M*Y' }] }, true],
])('%s', (_, pattern, expected) => {
  expect(matchesPattern(pattern, record)).toBe(expected);
});

it('stops at a test that it does not know', () => {
  expect(() => matchesPattern({ size: [{ cidr: '10.0.0.0/8' }] }, record)).toThrow('cidr');
});
