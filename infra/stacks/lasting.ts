import { CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { dataBucket, logBucket } from '../constructs/bucket.ts';
import type { House, Keys } from '../constructs/house.ts';
import { addKeys } from '../constructs/keys.ts';
import { CareTable, type TableInUse, tableInUse } from '../constructs/table.ts';
import type { Settings } from '../settings.ts';
import { SignIn } from '../sign-in.ts';

/** What lasts: deleting or replacing anything here loses data, so it changes rarely and alone. */
export class Lasting extends Stack {
  readonly house: House;
  readonly keys: Keys;
  readonly table: TableInUse;
  readonly documents: Bucket;
  readonly archive: Bucket;
  readonly logs: Bucket;
  /** Resolved by CloudFormation where it is used; a new version counts only when the stage names it. */
  readonly originSecret: string;
  readonly vapidSecret: Secret;
  readonly signIn: SignIn;

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, { ...props, description: 'CareConnect: what lasts', terminationProtection: true });
    this.keys = addKeys(this, settings);
    this.house = { settings, keys: this.keys, alarms: this.alarmTopic(settings) };

    const care = new CareTable(this, 'Care', this.keys.data);
    this.table = tableInUse(this, care.table, settings.restoredTable);
    care.keepCopiesOf(this.table);
    // Running imports these until it is deployed with a restored table, which is after this stack: so they stay.
    for (const value of [care.table.tableName, care.table.tableArn, care.table.tableStreamArn]) this.exportValue(value);
    this.logs = logBucket(this, 'Logs');
    this.documents = dataBucket(this, 'Documents', { key: this.keys.data, logs: this.logs });
    // Changes that the dispatcher gave up (Lambda names them so): kept until somebody has looked.
    this.documents.addLifecycleRule({ prefix: 'aws/lambda/', expiration: Duration.days(30) });
    this.archive = dataBucket(this, 'Archive', {
      key: this.keys.data,
      logs: this.logs,
      // Six years: 45 CFR 164.316(b)(2)(i), the retention of what HIPAA asks to document.
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(6 * 366)),
    });
    const originSecret = new Secret(this, 'OriginSecret', {
      description: 'Header by which the APIs know CloudFront',
      encryptionKey: this.keys.data,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    this.originSecret = SecretValue.secretsManager(originSecret.secretArn, {
      ...(settings.originSecretVersion !== '' && { versionId: settings.originSecretVersion }),
    }).unsafeUnwrap();
    this.vapidSecret = new Secret(this, 'VapidSecret', {
      description: 'From this Web Push derives its key pair; a new value ends every subscription',
      encryptionKey: this.keys.data,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    this.signIn = new SignIn(this, 'SignIn', this.house);
    new CfnOutput(this, 'UserPoolId', { value: this.signIn.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.signIn.clientId });
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }

  private alarmTopic(settings: Settings): Topic {
    const topic = new Topic(this, 'Alarms', { masterKey: this.keys.messages, enforceSSL: true });
    // Asking for TLS replaces the policy by which an account's own alarms may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (settings.alarmEmail !== '') topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    return topic;
  }
}
