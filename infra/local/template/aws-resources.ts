import type { BucketDef, KeyDef, QueueDef, Resources, SecretDef, TableDef } from '../aws/index.ts';
import { flagAt, type Json, listAt, numberAt, recordAt, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from './deployment.ts';
import { secretText } from './secret.ts';
import { readUserPools } from './user-pools.ts';

/** What the data plane must hold, as the templates define it. */
export function awsResources(deployment: Deployment): Resources {
  return {
    tables: deployment
      .ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')
      .map((table) => readTable(table, deployment)),
    buckets: deployment.ofType('AWS::S3::Bucket').map((bucket) => readBucket(bucket, deployment)),
    queues: deployment.ofType('AWS::SQS::Queue').map((queue) => readQueue(queue, deployment)),
    topics: deployment.ofType('AWS::SNS::Topic').map((topic) => ({
      name: topic.name,
      arn: topic.arn,
      ...keyOf(deployment, textAt(topic.properties(), 'KmsMasterKeyId')),
    })),
    keys: deployment.ofType('AWS::KMS::Key').map((key) => readKey(key, deployment)),
    userPools: readUserPools(deployment),
    secrets: deployment.ofType('AWS::SecretsManager::Secret').map((secret) => readSecret(secret, deployment)),
    parameters: deployment.ofType('AWS::SSM::Parameter').map((parameter) => ({
      name: parameter.name,
      arn: parameter.arn,
      value: textAt(parameter.properties(), 'Value') ?? '',
    })),
    iot: {
      policies: deployment
        .ofType('AWS::IoT::Policy')
        .map((policy) => ({ name: policy.name, document: policy.properties().PolicyDocument })),
      thingTypes: deployment.ofType('AWS::IoT::ThingType').map((type) => type.name),
    },
  };
}

function readTable(table: Resource, deployment: Deployment): TableDef {
  const properties = table.properties();
  const streamed = properties.StreamSpecification !== undefined;
  const replicaKey = listAt(properties, 'Replicas').map((replica) =>
    textAt(replica, 'SSESpecification', 'KMSMasterKeyId'),
  );
  const timeToLive = textAt(properties, 'TimeToLiveSpecification', 'AttributeName');
  const indexes = listAt(properties, 'GlobalSecondaryIndexes');
  return {
    name: table.name,
    arn: table.arn,
    keySchema: listAt(properties, 'KeySchema').map(keyElement),
    attributeDefinitions: listAt(properties, 'AttributeDefinitions').map((definition) => ({
      AttributeName: textAt(definition, 'AttributeName') ?? '',
      AttributeType: attributeType(textAt(definition, 'AttributeType')),
    })),
    ...(indexes.length > 0 && { globalSecondaryIndexes: indexes.map(readIndex) }),
    ...(streamed && { streamArn: `${table.arn}/stream/2026-01-01T00:00:00.000` }),
    ...(timeToLive !== undefined && { timeToLiveAttribute: timeToLive }),
    ...keyOf(
      deployment,
      textAt(properties, 'SSESpecification', 'KMSMasterKeyId') ?? replicaKey.find((key) => key !== undefined),
    ),
  };
}

function readIndex(index: Json): NonNullable<TableDef['globalSecondaryIndexes']>[number] {
  const kind = textAt(index, 'Projection', 'ProjectionType');
  const others = textsAt(index, 'Projection', 'NonKeyAttributes');
  return {
    IndexName: textAt(index, 'IndexName') ?? '',
    KeySchema: listAt(index, 'KeySchema').map(keyElement),
    Projection: {
      ProjectionType: kind === 'KEYS_ONLY' || kind === 'INCLUDE' ? kind : 'ALL',
      ...(others.length > 0 && { NonKeyAttributes: others }),
    },
  };
}

function keyElement(element: Json): { AttributeName: string; KeyType: 'HASH' | 'RANGE' } {
  return {
    AttributeName: textAt(element, 'AttributeName') ?? '',
    KeyType: textAt(element, 'KeyType') === 'RANGE' ? 'RANGE' : 'HASH',
  };
}

function attributeType(type: string | undefined): 'S' | 'N' | 'B' {
  return type === 'N' || type === 'B' ? type : 'S';
}

function readBucket(bucket: Resource, deployment: Deployment): BucketDef {
  const properties = bucket.properties();
  const [rule] = listAt(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration');
  const corsRules = listAt(properties, 'CorsConfiguration', 'CorsRules');
  const headers = (rule: Json, name: string) => (textsAt(rule, name).length > 0 ? textsAt(rule, name) : undefined);
  return {
    name: bucket.name,
    arn: bucket.arn,
    eventBridge: flagAt(properties, 'NotificationConfiguration', 'EventBridgeConfiguration', 'EventBridgeEnabled'),
    ...keyOf(deployment, textAt(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID')),
    ...(corsRules.length > 0 && {
      corsRules: corsRules.map((rule) => {
        const [allowed, exposed] = [headers(rule, 'AllowedHeaders'), headers(rule, 'ExposedHeaders')];
        return {
          AllowedOrigins: textsAt(rule, 'AllowedOrigins'),
          AllowedMethods: textsAt(rule, 'AllowedMethods'),
          ...(allowed && { AllowedHeaders: allowed }),
          ...(exposed && { ExposedHeaders: exposed }),
        };
      }),
    }),
  };
}

function readQueue(queue: Resource, deployment: Deployment): QueueDef {
  const properties = queue.properties();
  const redrive = recordAt(properties, 'RedrivePolicy');
  const deadLetterArn = textAt(redrive, 'deadLetterTargetArn');
  const delaySeconds = numberAt(properties, 'DelaySeconds');
  const retentionSeconds = numberAt(properties, 'MessageRetentionPeriod');
  const maximumMessageBytes = numberAt(properties, 'MaximumMessageSize');
  return {
    name: queue.name,
    arn: queue.arn,
    visibilityTimeoutSeconds: numberAt(properties, 'VisibilityTimeout') ?? 30,
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(retentionSeconds !== undefined && { retentionSeconds }),
    ...(maximumMessageBytes !== undefined && { maximumMessageBytes }),
    ...(deadLetterArn !== undefined && {
      deadLetter: { queueArn: deadLetterArn, maxReceiveCount: numberAt(redrive, 'maxReceiveCount') ?? 3 },
    }),
    ...keyOf(deployment, textAt(properties, 'KmsMasterKeyId')),
  };
}

function readKey(key: Resource, deployment: Deployment): KeyDef {
  const aliases = deployment
    .ofType('AWS::KMS::Alias')
    .filter((alias) => deployment.find(textAt(alias.properties(), 'TargetKeyId'), 'AWS::KMS::Key') === key)
    .map((alias) => alias.name);
  return { arn: key.arn, ...(aliases.length > 0 && { aliases }) };
}

function readSecret(secret: Resource, deployment: Deployment): SecretDef {
  return {
    name: secret.name,
    arn: secret.arn,
    value: secretText(secret),
    ...keyOf(deployment, textAt(secret.properties(), 'KmsKeyId')),
  };
}

/** The customer-managed key behind an ARN, key id or alias; an AWS-owned or AWS-managed key needs no permission. */
function keyOf(deployment: Deployment, reference: string | undefined): { keyArn?: string } {
  const alias = deployment.find(reference, 'AWS::KMS::Alias');
  const target = alias === undefined ? reference : textAt(alias.properties(), 'TargetKeyId');
  const key = deployment.find(target, 'AWS::KMS::Key');
  return key === undefined ? {} : { keyArn: key.arn };
}
