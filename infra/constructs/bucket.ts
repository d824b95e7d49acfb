import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { resourceOf } from './resource.ts';

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  versioned: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps;

/** A bucket of ours: closed, versioned, logged, under our key. */
export function dataBucket(scope: Construct, id: string, more: { key: IKey; logs: Bucket } & BucketProps): Bucket {
  const { key, logs, ...props } = more;
  const bucket = new Bucket(scope, id, {
    ...closed,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(2), noncurrentVersionExpiration: Duration.days(90) },
    ],
    ...props,
  });
  logTo(logs, bucket, id);
  return bucket;
}

/** The web app's files: public code and no data, so S3's own encryption; rebuilt from the repository at any time. */
export function webBucket(scope: Construct, id: string, logs: Bucket): Bucket {
  const bucket = new Bucket(scope, id, {
    ...closed,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
  });
  logTo(logs, bucket, id);
  return bucket;
}

/** Where S3 and CloudFront write who asked for what. Both deliver only to a bucket with S3's own encryption. */
export function logBucket(scope: Construct, id: string): Bucket {
  const bucket = new Bucket(scope, id, {
    ...closed,
    encryption: BucketEncryption.S3_MANAGED,
    // CloudFront's standard logs are still delivered by ACL.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(30) }],
  });
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'S3AccessLogs',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('s3/*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return bucket;
}

function logTo(logs: Bucket, bucket: Bucket, name: string): void {
  resourceOf(bucket, CfnBucket).loggingConfiguration = {
    destinationBucketName: logs.bucketName,
    logFilePrefix: `s3/${name.toLowerCase()}/`,
  };
}

/** The same bucket: CDK's classes and interfaces only disagree under TypeScript's exactOptionalPropertyTypes. */
export function asBucket(bucket: Bucket): IBucket {
  return bucket as IBucket;
}
