import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { TableInUse } from './table.ts';

/**
 * Grants name actions, and with them what the resource's key then asks for: CDK's own explicit grant on an encrypted
 * table gives no KMS permission, and the call is refused at run time.
 */
const reads = ['kms:Decrypt'] as const;
const writes = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

export type TableAction =
  | 'dynamodb:GetItem'
  | 'dynamodb:Query'
  | 'dynamodb:PutItem'
  | 'dynamodb:UpdateItem'
  | 'dynamodb:DeleteItem'
  | 'dynamodb:BatchWriteItem'
  | 'dynamodb:ConditionCheckItem';

const tableReads: readonly TableAction[] = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'];

/**
 * The table by action; `index` adds a Query of gsi1. Transactions are authorised by the actions of their items; who reads one
 * item may read several in one request.
 */
export function grantTable(
  to: IGrantable,
  table: TableInUse,
  actions: readonly TableAction[],
  more: { index?: boolean } = {},
): void {
  const several = actions.includes('dynamodb:GetItem') ? ['dynamodb:BatchGetItem'] : [];
  allow(to, [...actions, ...several], [table.tableArn]);
  if (more.index === true) allow(to, ['dynamodb:Query'], [`${table.tableArn}/index/gsi1`]);
  // DynamoDB's own key use on the caller's behalf: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  const onlyReads = actions.every((action) => tableReads.includes(action));
  useKey(
    to,
    table.encryptionKey,
    onlyReads ? ['kms:Decrypt', 'kms:DescribeKey'] : [...writes, 'kms:Encrypt', 'kms:DescribeKey'],
  );
}

export function grantSend(to: IGrantable, queue: IQueue): void {
  allow(to, ['sqs:SendMessage'], [queue.queueArn]);
  useKey(to, queue.encryptionMasterKey, writes);
}

/** What an event source mapping does in the function's name. */
export function grantConsume(to: IGrantable, queue: IQueue): void {
  allow(
    to,
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    [queue.queueArn],
  );
  useKey(to, queue.encryptionMasterKey, reads);
}

/** Objects below a prefix, by action. A GET of a missing key answers 403 unless `s3:ListBucket` is granted too. */
export function grantObjects(
  to: IGrantable,
  bucket: Bucket,
  prefix: string,
  actions: readonly ('s3:GetObject' | 's3:PutObject')[],
): void {
  allow(to, actions, [bucket.arnForObjects(`${prefix}*`)]);
  useKey(to, bucket.encryptionKey, actions.includes('s3:PutObject') ? writes : reads);
}

export function grantSecret(to: IGrantable, secret: Secret): void {
  allow(to, ['secretsmanager:GetSecretValue'], [secret.secretArn]);
  useKey(to, secret.encryptionKey, reads);
}

/** Any other service's actions on named resources. */
export function allow(to: IGrantable, actions: readonly string[], resources: readonly string[]): void {
  to.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
}

export function useKey(to: IGrantable, key: IKey | undefined, actions: readonly string[]): void {
  if (key === undefined) throw new Error('what holds health data is encrypted with a key of ours');
  allow(to, actions, [key.keyArn]);
}

/** `arn:aws:<service>:<region>:<account>:<resource>` of the stack that `to` stands in. */
export function arnIn(scope: Parameters<typeof Stack.of>[0], service: string, resource: string): string {
  const stack = Stack.of(scope);
  return `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
}
