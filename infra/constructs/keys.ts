import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { type Keys, named } from './house.ts';

/** One key per class of data, so that a grant on what is on its way opens nothing that is kept. */
export function addKeys(scope: Construct, settings: Settings): Keys {
  const data = key(scope, 'DataKey', settings, 'what people entrusted to us: table, documents, secrets');
  const messages = key(scope, 'MessagesKey', settings, 'what is on its way: queues and topics');
  const operations = key(scope, 'OperationsKey', settings, 'what the program says about itself: logs, environments');
  const stack = Stack.of(scope);
  messages.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ServicesThatPutMessages',
      // No condition on the source account: EventBridge and CloudWatch do not send it with every call of the key.
      principals: ['cloudwatch', 'events', 'sns', 'iot'].map(
        (service) => new ServicePrincipal(`${service}.amazonaws.com`),
      ),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  operations.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroupsOfThisAccount',
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*`,
        },
      },
    }),
  );
  return { data, messages, operations };
}

function key(scope: Construct, id: string, settings: Settings, description: string): Key {
  return new Key(scope, id, {
    alias: named(settings, id.replace('Key', '').toLowerCase()),
    description: `CareConnect: ${description}`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
