import type { Settings } from './settings.ts';

/** One finding of cdk-nag that stays: where (a path below its stack; '' is everywhere) and why. */
export type Exception = { readonly rule: string; readonly at: string; readonly because: string };

const everywhere = (rule: string, because: string): Exception => ({ rule, at: '', because });

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
    {
      rule: `${hipaa}S3DefaultEncryptionKMS`,
      at: 'Logs',
      because: 'S3 and CloudFront deliver logs only to buckets with S3-managed encryption.',
    },
    {
      rule: `${hipaa}S3DefaultEncryptionKMS`,
      at: 'Web',
      because: 'Public program files, no data; CloudFront reads them without a key of ours.',
    },
    {
      rule: `${hipaa}SecretsManagerRotationEnabled`,
      at: 'OriginSecret',
      because: 'CloudFront and the APIs must change together: rotated by a deployment (docs/deploy.md).',
    },
    {
      rule: `${hipaa}SecretsManagerRotationEnabled`,
      at: 'VapidSecret',
      because: 'A new VAPID key ends every push subscription; changed only after a leak.',
    },
    {
      rule: `${solutions}SMG4`,
      at: 'OriginSecret',
      because: 'CloudFront and the APIs must change together: rotated by a deployment (docs/deploy.md).',
    },
    {
      rule: `${solutions}SMG4`,
      at: 'VapidSecret',
      because: 'A new VAPID key ends every push subscription; changed only after a leak.',
    },
    {
      rule: `${solutions}COG1`,
      at: 'SignIn/Pool',
      because: 'Twelve characters without composition rules: OWASP ASVS 5.0, 6.2.5.',
    },
    {
      rule: `${solutions}COG2`,
      at: 'SignIn/Pool',
      because: 'Our back-end, the only client, asks TOTP of staff; patients may have no second device.',
    },
    {
      rule: `${solutions}COG8`,
      at: 'SignIn/Pool',
      because:
        'Cognito sees only our back-end, so the risk signals of the Plus plan would be its own; lockout is ours.',
    },
    {
      rule: reach('*'),
      at: 'SignIn/Pool/smsRole',
      because: 'Cognito sends codes to phone numbers, which have no ARN.',
    },
    {
      rule: managed('AWSBackupServiceRolePolicyForBackup'),
      at: 'Care/Plan',
      because: 'AWS keeps this policy in step with what AWS Backup needs.',
    },
    {
      rule: managed('AmazonAPIGatewayPushToCloudWatchLogs'),
      at: 'Live/LogRole',
      because: 'The account-wide log setting of API Gateway asks for exactly this policy.',
    },
    {
      rule: `${solutions}APIG4`,
      at: 'Http',
      because:
        'Public on purpose: sign-in, links without sign-in, liveness and description. All else needs the access token.',
    },
    {
      rule: `${solutions}APIG4`,
      at: 'Live',
      because: 'Only $connect can be authorised; the other routes exist on connections that passed it.',
    },
    {
      rule: connections,
      at: 'IdentityApi',
      because: 'A sign-out closes connections, whose ids are made by API Gateway.',
    },
    { rule: connections, at: 'OnSocket', because: 'Connection ids are made by API Gateway.' },
    { rule: connections, at: 'RealtimeOnChange', because: 'Connection ids are made by API Gateway.' },
    { rule: teams, at: 'OrganisationsApi', because: 'Each care team gets its topic while the product runs.' },
    { rule: teams, at: 'OnMessage', because: 'Each care team gets its topic while the product runs.' },
    { rule: reach('*'), at: 'DevicesApi', because: 'iot:CreateKeysAndCertificate knows no resource.' },
    {
      rule: reach(arn('iot', 'cert/*')),
      at: 'DevicesApi',
      because: 'Certificates are named by AWS when a box is registered.',
    },
    { rule: reach(arn('iot', 'thing/*')), at: 'DevicesApi', because: 'Boxes are registered while the product runs.' },
    {
      rule: reach(arn('iot', 'thing/*')),
      at: 'DevicesOnChange',
      because: 'Boxes are registered while the product runs.',
    },
    {
      rule: reach(lasting('ArchiveDA4CB258ArnBE8F3792', 'audit/*')),
      at: 'AuditOnChange',
      because: 'One object per batch of audit events, below one prefix.',
    },
    {
      rule: reach(lasting('Documents7E5B2978Arn159F38C5', 'aws/lambda/*')),
      at: 'OnStream',
      because: 'Lambda names the objects of records that it gave up.',
    },
    { rule: `${solutions}CFR1`, at: 'Distribution', because: 'Patients travel, and their families help from abroad.' },
    {
      rule: `${solutions}CFR2`,
      at: 'Distribution',
      because: 'The firewall stands in us-east-1 and comes as a setting; a deployment without it is refused.',
    },
    {
      rule: `${solutions}CFR4`,
      at: 'Distribution',
      because: 'Only until the deployer names a certificate; then TLS 1.2 is the least.',
    },
  ];
}
