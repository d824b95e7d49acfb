import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundlePaths } from '../../infra/bundle.ts';
import { actionsOf, type FunctionGrants, functionGrants } from './support/policies.ts';
import { synthesise } from './support/template.ts';

let functions: readonly FunctionGrants[];
beforeAll(async () => {
  functions = functionGrants(await synthesise({ checked: false }));
});

/**
 * What the SDK leaves in every bundle although nobody calls it: paginators of the document client, endpoint discovery,
 * and the queue sender that `createTools` holds for whoever needs it.
 */
const alwaysThere = ['DescribeEndpoints', 'Scan', 'Query', 'SendMessageBatch'];

/** What IAM calls it where the name of the command is not the name of the action. */
const otherwiseNamed: Readonly<Record<string, readonly string[]>> = {
  TransactWriteItems: [],
  TransactGetItems: ['GetItem'],
  SendMessageBatch: ['SendMessage'],
  PostToConnection: ['ManageConnections'],
  DeleteConnection: ['ManageConnections'],
};

const bundleOf = (entry: string) => readFileSync(join(bundlePaths(entry).asset, 'index.mjs'), 'utf8');

/** The commands of the AWS SDK that esbuild left in a bundle: what its code can call. */
function commandsIn(entry: string): readonly string[] {
  const commands = bundleOf(entry).matchAll(/extends [\w$]+\([\w$]+,[\w$]+,"(\w+)"/g);
  return [...new Set([...commands].map(([, name]) => name ?? ''))];
}

/** A variable by its name as a string, a queue by a `send` of its word; the dispatcher has the words in its table. */
function asksFor(entry: string, name: string): boolean {
  const code = bundleOf(entry);
  const queue = /^(.+)_QUEUE_URL$/.exec(name)?.[1]?.toLowerCase();
  if (queue === undefined) return code.includes(`"${name}"`) || code.includes(`process.env.${name}`);
  return entry === 'shared/on-stream' ? code.includes(`"${queue}"`) : code.includes(`send("${queue}"`);
}

const withoutService = (action: string) => action.slice(action.indexOf(':') + 1);
const namesOf = (command: string) => otherwiseNamed[command] ?? [command];

describe('a function', () => {
  it('may do everything that its code can call', () => {
    for (const one of functions) {
      const granted = [...actionsOf(one)].map(withoutService);
      const asked = commandsIn(one.entry)
        .filter((command) => !alwaysThere.includes(command))
        .flatMap(namesOf);
      expect(
        asked.filter((name) => !granted.includes(name)),
        `${one.entry} calls, but may not`,
      ).toEqual([]);
    }
  });

  it('may do nothing that its code never calls', () => {
    const byServices = /^(logs|kms):|^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$/;
    const byStream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    for (const one of functions) {
      const commands = commandsIn(one.entry);
      const can = new Set(commands.flatMap(namesOf));
      if (commands.includes('TransactWriteItems')) {
        for (const item of ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem']) can.add(item);
      }
      const isStream = one.entry === 'shared/on-stream';
      const idle = [...actionsOf(one)].filter((action) => {
        if (byServices.test(action) || (isStream && (byStream.includes(action) || action.startsWith('s3:'))))
          return false;
        return !can.has(withoutService(action));
      });
      expect(idle, `${one.entry} may, but never does`).toEqual([]);
    }
  });

  it('may use the key of each encrypted thing that it may use', () => {
    for (const one of functions) {
      const onKeys = one.statements.filter(({ Action }) => Action?.some((action) => action.startsWith('kms:')));
      const keys = new Set(onKeys.flatMap(({ Resource }) => (Resource ?? []).map((key) => JSON.stringify(key))));
      const actions = [...actionsOf(one)];
      const needsData = actions.some((action) => /^(dynamodb|s3|secretsmanager):/.test(action));
      const needsMessages = actions.some((action) => action.startsWith('sqs:'));
      expect(
        [...keys].some((key) => key.includes('DataKey')),
        `${one.entry}: data key`,
      ).toBe(needsData);
      expect(
        [...keys].some((key) => key.includes('MessagesKey')),
        `${one.entry}: messages key`,
      ).toBe(needsMessages);
    }
  });

  it('is told every name that its code asks the environment for, and no other', () => {
    const names = [...new Set(functions.flatMap(({ variables }) => variables))];
    for (const { entry, variables } of functions) {
      const asked = names.filter((name) => asksFor(entry, name));
      expect(
        asked.filter((name) => !variables.includes(name)),
        `${entry} asks, but is not told`,
      ).toEqual([]);
      expect(
        variables.filter((name) => !asked.includes(name)),
        `${entry} is told, but never asks`,
      ).toEqual([]);
    }
  });

  it('is granted actions by name, never by wildcard, and the table is never scanned', () => {
    for (const one of functions) {
      for (const action of actionsOf(one)) expect(action, one.entry).not.toMatch(/\*|:Scan$/);
    }
  });
});
