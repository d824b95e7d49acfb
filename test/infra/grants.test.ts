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

/** What the SDK leaves in a bundle although nobody calls it, and what IAM does not ask about. */
const neverAsked = [
  // Paginators of the document client, and endpoint discovery.
  ...['DescribeEndpoints', 'Scan', 'Query'],
  // S3 Express, for which the S3 client is always ready.
  'CreateSession',
  // Cognito authorises these by the token or the client secret that they carry.
  ...['AssociateSoftwareToken', 'GetTokensFromRefreshToken', 'RevokeToken', 'VerifySoftwareToken'],
];

/** Calls in an object that the bundle takes whole, of which this function uses only some. */
const partlyUsed: Readonly<Record<string, readonly string[]>> = {
  'shared/on-stream': ['TABLE_NAME'],
  'identity/accounts-api': ['AdminDisableUser', 'AdminEnableUser', 'AdminRemoveUserFromGroup'],
  'identity/on-user-pool': ['SendEmail', 'SES_FROM'],
  'organisations/api': [
    ...['AdminInitiateAuth', 'AdminRespondToAuthChallenge', 'AdminSetUserMFAPreference', 'AdminRemoveUserFromGroup'],
    ...['DescribeUserPoolClient', 'USER_POOL_CLIENT_ID', 'Publish'],
  ],
  // What became of subscriptions, and the end of those of who left: the nightly reconciling.
  'notifications/on-message': ['Subscribe', 'SetSubscriptionAttributes'],
  // Its routes are for anyone and keep nothing: the shared wrapper's access check and idempotency are not reached.
  'platform/api': ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
};

/** Calls that are signed by hand instead of by a client of the SDK. */
const signedByHand: Readonly<Record<string, readonly string[]>> = {
  'notifications/api': ['GetSecretValue'],
  'notifications/on-message': ['GetSecretValue'],
};

/** What AWS does in a function's name without its code: reading a queue or a stream, keeping what was given up. */
const doneByLambda: Readonly<Record<string, readonly string[]>> = {
  'shared/on-stream': ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams', 'PutObject', 'ListBucket'],
};
const alwaysDoneByLambda =
  /^(logs|kms):|^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$/;

/** What IAM calls it where the name of the command is not the name of the action. */
const otherwiseNamed: Readonly<Record<string, readonly string[]>> = {
  TransactWriteItems: [],
  TransactGetItems: ['GetItem'],
  // The queue sender is in every bundle, held ready by `createTools`; a `send` of ours tells whether it is used.
  SendMessageBatch: [],
  PostToConnection: ['ManageConnections'],
  DeleteConnection: ['ManageConnections'],
};

const bundleOf = (entry: string) => readFileSync(join(bundlePaths(entry).asset, 'index.mjs'), 'utf8');

/** What the code of a bundle can call: the commands of the AWS SDK that esbuild left in it. */
function callsOf(entry: string): readonly string[] {
  const code = bundleOf(entry);
  const commands = [...code.matchAll(/extends [\w$]+\([\w$]+,[\w$]+,"(\w+)"/g)].map(([, name]) => name ?? '');
  const names = commands.flatMap((command) => otherwiseNamed[command] ?? [command]);
  // A transaction is authorised by the actions of its items, which stand in it by these words; the document client's own
  // list of where keys stand is passed over.
  const inTransactions = commands.includes('TransactWriteItems')
    ? ['Put', 'Update', 'Delete', 'ConditionCheck']
        .filter((word) => new RegExp(`\\{${word}:(?!\\{Key:)`).test(code))
        .map((word) => `${word}Item`)
    : [];
  const sends = entry === 'shared/on-stream' || /\bsend\("[a-z]+"/.test(code) ? ['SendMessage'] : [];
  return [...new Set([...names, ...inTransactions, ...sends, ...(signedByHand[entry] ?? [])])];
}

/** A variable by its name as a string, a queue by a `send` of its word; the dispatcher has the words in its table. */
function asksFor(entry: string, name: string): boolean {
  const code = bundleOf(entry);
  const queue = /^(.+)_QUEUE_URL$/.exec(name)?.[1]?.toLowerCase();
  if (queue === undefined) return code.includes(`"${name}"`) || code.includes(`process.env.${name}`);
  return entry === 'shared/on-stream' ? code.includes(`"${queue}"`) : code.includes(`send("${queue}"`);
}

const withoutService = (action: string) => action.slice(action.indexOf(':') + 1);
const isExcused = (entry: string, name: string) =>
  neverAsked.includes(name) || partlyUsed[entry]?.includes(name) === true;

describe('a function', () => {
  it('may do everything that its code can call', () => {
    const missing = functions.flatMap((one) => {
      const granted = [...actionsOf(one)].map(withoutService);
      const asked = callsOf(one.entry).filter((name) => !isExcused(one.entry, name));
      return asked.filter((name) => !granted.includes(name)).map((name) => `${one.entry} calls ${name} but may not`);
    });
    expect(missing).toEqual([]);
  });

  it('may do nothing that its code never calls', () => {
    const idle = functions.flatMap((one) => {
      const can = [...callsOf(one.entry), ...(doneByLambda[one.entry] ?? [])];
      return [...actionsOf(one)]
        .filter((action) => !alwaysDoneByLambda.test(action) && !can.includes(withoutService(action)))
        .map((action) => `${one.entry} may ${action} but never does`);
    });
    expect(idle).toEqual([]);
  });

  it('may use the key of each encrypted thing that it may use, and no other', () => {
    for (const one of functions) {
      const onKeys = one.statements.filter(({ Action }) => Action?.some((action) => action.startsWith('kms:')));
      const keys = JSON.stringify(onKeys.flatMap(({ Resource }) => Resource ?? []));
      const actions = [...actionsOf(one)];
      const usesData = actions.some((action) => /^(dynamodb|s3|secretsmanager):/.test(action));
      const usesMessages = one.statements.some(
        ({ Action, Resource }) =>
          Action?.some((action) => /^(sqs:|sns:Publish)/.test(action)) === true && Resource !== undefined,
      );
      expect(keys.includes('DataKey'), `${one.entry}: data key`).toBe(usesData);
      expect(keys.includes('MessagesKey'), `${one.entry}: messages key`).toBe(usesMessages);
    }
  });

  it('is told every name that its code asks the environment for, and no other', () => {
    const names = [...new Set(functions.flatMap(({ variables }) => variables))];
    const wrong = functions.flatMap(({ entry, variables }) => {
      const asked = names.filter((name) => asksFor(entry, name) && !isExcused(entry, name));
      return [
        ...asked.filter((name) => !variables.includes(name)).map((name) => `${entry} asks for ${name} but is not told`),
        ...variables.filter((name) => !asked.includes(name)).map((name) => `${entry} is told ${name} but never asks`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('is granted actions by name, never by wildcard, and the table is never scanned', () => {
    for (const one of functions) {
      for (const action of actionsOf(one)) expect(action, one.entry).not.toMatch(/\*|:Scan$/);
    }
  });
});
