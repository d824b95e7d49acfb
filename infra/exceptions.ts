import type { Settings } from './settings.ts';

/** One finding of cdk-nag that stays: where (a path below its stack; '' is everywhere) and why. */
export type Exception = { readonly rule: string; readonly at: string; readonly because: string };

const at = (at: string, rule: string, because: string): Exception => ({ rule, at, because });
const everywhere = (rule: string, because: string) => at('', rule, because);

/** Every exception to cdk-nag's AwsSolutions and HIPAA packs, one line each with its reason. A test refuses unused ones. */
export function exceptions({ region, stage }: Settings): readonly Exception[] {
  const solutions = 'AwsSolutions::AwsSolutions-';
  const hipaa = 'HIPAA.Security::HIPAA.Security-';
  const reach = (resource: string) => `${solutions}IAM5[Resource::${resource}]`;
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:<AWS::AccountId>:${name}`;
  const lasting = (output: string, objects: string) =>
    `CareConnect-${stage}-Lasting:ExportsOutputFnGetAtt${output}/${objects}`;
  const managed = (policy: string) =>
    `${solutions}IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${policy}]`;
  const connections = reach(arn('execute-api', '<LiveApi149456B6>/ws/*/@connections/*'));
  const teams = reach(arn('sns', `careconnect-${stage}-team-*`));
  return [
    everywhere(
      `${hipaa}LambdaInsideVPC`,
      'Every dependency is an AWS API over TLS; there is nothing in a VPC to reach, and IAM is the boundary.',
    ),
    everywhere(
      `${hipaa}LambdaConcurrency`,
      'Reserving fails in new accounts (quota 10); consumers are held by the maximum concurrency of their mapping.',
    ),
    everywhere(
      `${hipaa}LambdaDLQ`,
      'Called synchronously or from a queue or stream, which have their own dead letters; scheduled functions have one.',
    ),
    everywhere(
      `${hipaa}IAMNoInlinePolicy`,
      'Each role serves one function and dies with it; its policy belongs to nobody else.',
    ),
    everywhere(
      `${hipaa}S3BucketReplicationEnabled`,
      'Data stays in its country; versions, object lock and backups guard against loss.',
    ),
    at(
      'Logs',
      `${hipaa}S3DefaultEncryptionKMS`,
      'S3 and CloudFront deliver logs only to buckets with S3-managed encryption.',
    ),
    at(
      'Web',
      `${hipaa}S3DefaultEncryptionKMS`,
      'Public program files, no data; CloudFront reads them without a key of ours.',
    ),
    at(
      'OriginSecret',
      `${hipaa}SecretsManagerRotationEnabled`,
      'CloudFront and the APIs must change together: rotated by a deployment (docs/deploy.md).',
    ),
    at(
      'VapidSecret',
      `${hipaa}SecretsManagerRotationEnabled`,
      'A new VAPID key ends every push subscription; changed only after a leak.',
    ),
    at(
      'OriginSecret',
      `${solutions}SMG4`,
      'CloudFront and the APIs must change together: rotated by a deployment (docs/deploy.md).',
    ),
    at('VapidSecret', `${solutions}SMG4`, 'A new VAPID key ends every push subscription; changed only after a leak.'),
    at('SignIn/Pool', `${solutions}COG1`, 'Twelve characters without composition rules: OWASP ASVS 5.0, 6.2.5.'),
    at(
      'SignIn/Pool',
      `${solutions}COG2`,
      'Our back-end, the only client, asks TOTP of staff; patients may have no second device.',
    ),
    at(
      'SignIn/Pool',
      `${solutions}COG8`,
      'Cognito sees only our back-end, so the risk signals of the Plus plan would be its own; lockout is ours.',
    ),
    at(
      'Care/Plan',
      managed('AWSBackupServiceRolePolicyForBackup'),
      'AWS keeps this policy in step with what AWS Backup needs.',
    ),
    at(
      'Live/LogRole',
      managed('AmazonAPIGatewayPushToCloudWatchLogs'),
      'The account-wide log setting of API Gateway asks for exactly this policy.',
    ),
    at(
      'Http',
      `${solutions}APIG4`,
      'Public on purpose: sign-in, links without sign-in, liveness and description. All else needs the access token.',
    ),
    at(
      'Live',
      `${solutions}APIG4`,
      'Only $connect can be authorised; the other routes exist on connections that passed it.',
    ),
    at('OnSocket', connections, 'Connection ids are made by API Gateway.'),
    at('RealtimeOnChange', connections, 'Connection ids are made by API Gateway.'),
    at('OrganisationsApi', teams, 'Each care team gets its topic while the product runs.'),
    at('OnMessage', teams, 'Each care team gets its topic while the product runs.'),
    at('NotificationsApi', reach('*'), 'SNS gives no resource type to actions on a subscription.'),
    at('OnMessage', reach('*'), 'SNS gives no resource type to actions on a subscription.'),
    at('NotificationsApi', teams, 'Each care team gets its topic while the product runs.'),
    at('DevicesApi', reach('*'), 'iot:CreateKeysAndCertificate knows no resource.'),
    at('DevicesApi', reach(arn('iot', 'cert/*')), 'Certificates are named by AWS when a box is registered.'),
    at('DevicesOnChange', reach(arn('iot', 'cert/*')), 'A box that was lost: its certificate was named by AWS.'),
    at('DevicesApi', reach(arn('iot', 'thing/*')), 'Boxes are registered while the product runs.'),
    at('DevicesOnChange', reach(arn('iot', 'thing/*')), 'Boxes are registered while the product runs.'),
    at(
      'AuditOnChange',
      reach(lasting('ArchiveDA4CB258ArnBE8F3792', 'audit/*')),
      'One object per batch of audit events, below one prefix.',
    ),
    at('OnStream', reach('*'), 'dynamodb:ListStreams names no stream.'),
    at(
      'OnStream',
      reach(lasting('Documents7E5B2978Arn159F38C5', 'aws/lambda/*')),
      'Lambda names the objects of records that it gave up.',
    ),
    at('Distribution', `${solutions}CFR1`, 'Patients travel, and their families help from abroad.'),
    at(
      'Distribution',
      `${solutions}CFR2`,
      'The firewall stands in us-east-1 and comes as a setting; a deployment without it is refused.',
    ),
    at('Distribution', `${solutions}CFR4`, 'Only until the deployer names a certificate; then TLS 1.2 is the least.'),
  ];
}
